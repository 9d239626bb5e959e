using DeviceHarness.Agent.Tests.Support;
using Xunit;

namespace DeviceHarness.Agent.Tests.ZigBee;

/// <summary>The gas form of <c>dmct-smoke</c>: sound, and with each defect of a gas meter that turns a case red.</summary>
public sealed class GasSmokePackTests : IDisposable
{
    public static TheoryData<string, string, string> Rows { get; } = HanRig.Rows(
        ("stale-readings", "GSMK-02", "GSMK-02"),
        ("", "GSMK-01 GSMK-02 GSMK-03 GSMK-04 GSMK-05 GLOG-01", ""),
        ("wrong-multiplier clock-unknown", "GSMK-02 GSMK-03 GSMK-05 GLOG-01", "GSMK-02 GSMK-03 GLOG-01"),
        ("valve-stays-open", "GSMK-04", "GSMK-04"));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Rows))]
    public Task A_sound_meter_passes_and_a_defect_turns_its_cases_red(string defects, string cases, string red) =>
        new HanRig(_folder.Path).ExpectAsync("dmct-smoke", defects, cases, red);
}
