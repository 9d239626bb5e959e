using System.Runtime.Loader;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Drivers.Security;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Service;
using DeviceHarness.TestKit;
using DeviceHarness.Transports.Memory;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Bench;

/// <summary>A driver from an assembly that is built beside these tests and that nothing refers to.</summary>
public sealed class ForeignDriversTests
{
    private const string Factory = "DeviceHarness.SampleDriver.LineDriverFactory";

    [Fact]
    public async Task A_driver_from_an_assembly_of_its_own_carries_out_requests_on_the_harness_s_line()
    {
        MemoryTransportPair pair = MemoryTransportPair.Create("esme-01");
        await using IByteTransport near = pair.Near;
        await using IByteTransport far = pair.Far;
        await using IDeviceDriver driver = DriverCatalog.Create(NeedsFor(SamplePath(), string.Empty, near));

        Task<SrvResult> asked = driver.ExecuteAsync(new ReadFirmwareVersion(), CancellationToken.None);
        byte[] request = await ReadAsync(far, "VERSION\n".Length);
        await far.WriteAsync("7.7.7\n"u8.ToArray(), CancellationToken.None);
        SrvResult result = await asked.DefaultTimeout();

        request.Should().Equal("VERSION\n"u8.ToArray());
        driver.Id.Should().Be(new DeviceId("esme-01"));
        driver.ServiceReferenceVariants.Should().Equal("11.2");
        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done);
        result.Outcome.Body.Should().Be(new ReadFirmwareVersionRsp { MessageSuccess = true, FirmwareVersion = "7.7.7" });
    }

    [Fact]
    public async Task Its_assembly_lives_in_a_context_of_its_own_and_the_contract_in_the_harness_s()
    {
        MemoryTransportPair pair = MemoryTransportPair.Create("esme-01");
        await using IByteTransport near = pair.Near;
        await using IByteTransport far = pair.Far;
        await using IDeviceDriver driver = DriverCatalog.Create(NeedsFor(SamplePath(), Factory, near));

        AssemblyLoadContext? context = AssemblyLoadContext.GetLoadContext(driver.GetType().Assembly);

        context.Should().NotBeSameAs(AssemblyLoadContext.Default);
        context!.Assemblies.Should().OnlyContain(assembly => assembly == driver.GetType().Assembly);
        AssemblyLoadContext.Default.Assemblies.Should().NotContain(
            assembly => assembly.GetName().Name == "DeviceHarness.SampleDriver", "the tests do not refer to it");
    }

    [Fact]
    public void An_assembly_without_the_class_that_is_asked_for_names_what_it_has()
    {
        Action create = () => DriverCatalog.Create(NeedsFor(SamplePath(), "Somebody.Else", Closed()));

        ConfigurationException error = create.Should().Throw<ConfigurationException>().Which;
        error.Code.Should().Be("RIG-009");
        error.Found.Should().Contain(Factory);
    }

    [Fact]
    public void An_assembly_without_a_driver_and_a_file_that_is_no_assembly_are_wrong_configurations()
    {
        string noDriver = typeof(MemoryTransportPair).Assembly.Location;
        string noAssembly = Path.Combine(RepositoryRoot.Path, "README.md");

        foreach (string path in (string[])[noDriver, noAssembly])
        {
            Action create = () => DriverCatalog.Create(NeedsFor(path, string.Empty, Closed()));

            create.Should().Throw<ConfigurationException>().Which.Code.Should().Be("RIG-009");
        }
    }

    private static IByteTransport Closed() => MemoryTransportPair.Create("esme-01").Near;

    // Built with the tests, in the same configuration.
    private static string SamplePath()
    {
        string[] folders = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar);
        return Path.Combine(
            RepositoryRoot.Path, "tests", "DeviceHarness.SampleDriver", "bin", folders[^2], folders[^1], "DeviceHarness.SampleDriver.dll");
    }

    private static DriverNeeds NeedsFor(string assembly, string type, IByteTransport line)
    {
        string driver = type.Length == 0 ? string.Empty : $", type: {type}";
        RigConfiguration rig = RigConfigurationReader.Parse(
            $$"""
            rig: bench-01
            users: { IS: 90-B3-D5-1F-30-01-00-01 }
            devices:
              esme-01:
                type: PPMID
                eui64: 90-B3-D5-1F-30-00-00-A4
                profile: of-the-driver
                driver: { assembly: "{{assembly}}"{{driver}} }
                link: { via: serial, port: /dev/null }
            """,
            Path.Combine(RepositoryRoot.Path, "rig.yaml"));
        return new DriverNeeds(rig.Devices[0], DriverCatalog.FindProfile(rig.Devices[0], "/nowhere"), line, TimeSpan.Zero)
        {
            Security = new MemorySecurityStore(),
        };
    }

    private static async Task<byte[]> ReadAsync(IByteTransport line, int octets)
    {
        byte[] read = new byte[octets];
        int count = 0;
        while (count < octets)
        {
            TransportRead next = await line.ReadAsync(read.AsMemory(count), Timeout.InfiniteTimeSpan, CancellationToken.None)
                .AsTask().DefaultTimeout();
            count += next.Count;
        }

        return read;
    }
}
