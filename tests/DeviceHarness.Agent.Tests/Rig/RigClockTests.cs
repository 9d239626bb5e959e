using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Rig;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Rig;

public sealed class RigClockTests
{
    private const string File = "/rigs/bench.yaml";

    private const string OneReal = """
        rig: bench-07
        users:
          IS: 90-B3-D5-1F-30-01-00-01
        devices:
          esme-01:
            type: ESME
            eui64: 90-B3-D5-1F-30-00-00-A0
            profile: generic
            link: { via: virtual, model: esme.yaml }
          esme-02:
            type: ESME
            eui64: 90-B3-D5-1F-30-00-00-A1
            profile: generic
            link: { via: serial, port: /dev/serial/by-id/probe }
        """;

    private static readonly string AllVirtual = OneReal.Replace(
        "via: serial, port: /dev/serial/by-id/probe", "via: virtual, model: esme.yaml", StringComparison.Ordinal);

    [Fact]
    public void The_time_of_a_bench_of_virtual_devices_may_run_faster_and_each_device_says_so()
    {
        string text = $"clock: {{ scale: 60 }}\n{AllVirtual}";

        RigConfiguration rig = RigConfigurationReader.Parse(text, File);

        rig.ClockScale.Should().Be(60);
        rig.BenchDevices.Should().HaveCount(2).And.OnlyContain(device => device.Provenance.Origin == Origin.Scaled);
        RigConfigurationReader.Parse(AllVirtual, File).BenchDevices.Should().OnlyContain(
            device => device.Provenance.Origin == Origin.Virtual);
    }

    [Fact]
    public void The_time_of_a_real_device_runs_no_faster()
    {
        Action inFile = () => RigConfigurationReader.Parse($"clock: {{ scale: 2 }}\n{OneReal}", File);
        Action atStart = () => ClockReader.With(RigConfigurationReader.Parse(OneReal, File), 2);

        inFile.Should().Throw<ConfigurationException>().Which.Found.Should().Contain("esme-02");
        atStart.Should().Throw<ConfigurationException>().Which.Code.Should().Be("RIG-010");
        ClockReader.With(RigConfigurationReader.Parse(AllVirtual, File), 2).IsScaled.Should().BeTrue();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3_601)]
    public void A_scale_has_a_range(int scale)
    {
        Action inFile = () => RigConfigurationReader.Parse($"clock: {{ scale: {scale} }}\n{AllVirtual}", File);
        Action atStart = () => ClockReader.With(RigConfigurationReader.Parse(AllVirtual, File), scale);

        inFile.Should().Throw<ConfigurationException>().Which.Key.Should().Be("clock.scale");
        atStart.Should().Throw<ConfigurationException>().Which.Allowed.Should().Contain("3600");
    }
}
