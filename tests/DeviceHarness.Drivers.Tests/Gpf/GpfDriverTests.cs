using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Gpf;
using DeviceHarness.Drivers.Gsme;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.Drivers.Tests.Han;
using DeviceHarness.Duis.Bodies.Configuration;
using DeviceHarness.Duis.Bodies.Prepayment;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Service;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Gpf;

public sealed class GpfDriverTests
{
    private const byte Mirror = 10;

    [Fact]
    public async Task The_register_is_read_at_the_endpoint_of_the_mirror_and_told_as_the_meter_tells_it()
    {
        AttributeResult[] values =
        [
            new(0x0000, ZclData.Unsigned(ZclDataType.Unsigned48, 1_234_567)), new(0x0300, ZclData.Unsigned(ZclDataType.Enum8, 1)),
            new(0x0301, ZclData.Unsigned(ZclDataType.Unsigned24, 1)), new(0x0302, ZclData.Unsigned(ZclDataType.Unsigned24, 1000)),
        ];

        (DeviceOutcome mirrored, byte endpoint) = await ReadAsync(options => new GpfDriver(options), values);
        (DeviceOutcome direct, byte _) = await ReadAsync(options => new GsmeDriver(options), values);

        endpoint.Should().Be(Mirror);
        mirrored.Body.Should().Be(direct.Body);
        mirrored.Body!.Values["Gas.ConsumptionRegister.Value"].Should().Be("1234.567");
    }

    [Fact]
    public async Task A_mirror_serves_the_reads_that_the_catalogue_gives_it_and_no_command()
    {
        await using HanBench bench = await HanBench.StartAsync();
        GpfDriver driver = new(Options(bench));

        Func<Task> topUp = () => driver.ExecuteAsync(new TopUpDevice("12345678901234567890"), default);

        driver.ServiceReferenceVariants.Should().BeEquivalentTo(GpfDriver.Served)
            .And.Contain(["4.1.1", "4.3", "6.2.7", "6.2.9", "7.4", "11.2"]).And.NotContain(["2.2", "3.3", "6.2.4", "6.13", "7.2"]);
        (await topUp.Should().ThrowAsync<LocalProtocolException>()).Which.Code.Should().Be("DRIV-001");
    }

    [Theory]
    [InlineData(0x0004, PaymentMode.Credit)]
    [InlineData(0x0083, PaymentMode.Prepayment)]
    public async Task The_payment_mode_is_6_2_9(ushort control, PaymentMode mode)
    {
        await using HanBench bench = await HanBench.StartAsync();
        GpfDriver driver = new(Options(bench));

        Task<SrvResult> reading = driver.ExecuteAsync(new ReadDeviceConfigurationPaymentMode(), default);
        bench.AnswerRead(await bench.SentAsync(), new AttributeResult(0x0000, ZclData.Unsigned(ZclDataType.Bitmap16, control)));

        ((ReadDeviceConfigurationPaymentModeRsp)(await reading.DefaultTimeout()).Outcome.Body!).PaymentMode.Should().Be(mode);
    }

    [Fact]
    public void The_profile_in_the_repository_is_of_a_GPF()
    {
        string path = Path.Combine(RepositoryRoot.Path, "rigs", "profiles", "han", "generic-smets1-gpf.yaml");

        SmartEnergyProfile profile = SmartEnergyProfile.LoadFile(path);

        (profile.DeviceType, profile.WakeInterval).Should().Be((SmartEnergyProfile.Gpf, null));
    }

    private static SmartEnergyOptions Options(HanBench bench) => new()
    {
        Id = new DeviceId("gpf-01"),
        Eui64 = HanBench.Meter,
        Network = bench.Network,
        Profile = new SmartEnergyProfile { Name = "test", DeviceType = SmartEnergyProfile.Gpf, Endpoint = Mirror },
        TimeProvider = bench.Clock,
    };

    private static async Task<(DeviceOutcome Outcome, byte Endpoint)> ReadAsync(
        Func<SmartEnergyOptions, IDeviceDriver> make, AttributeResult[] values)
    {
        await using HanBench bench = await HanBench.StartAsync();
        Task<SrvResult> reading = make(Options(bench)).ExecuteAsync(new ReadInstantaneousImportRegisters(), default);
        HanBench.Sent sent = await bench.SentAsync();
        bench.AnswerRead(sent, values);
        return ((await reading.DefaultTimeout()).Outcome, sent.Message.DestinationEndpoint);
    }
}
