using DeviceHarness.Agent.Tests.Support;
using Xunit;

namespace DeviceHarness.Agent.Tests.ZigBee;

/// <summary>The gas form of <c>firmware</c>, over the air: sound, and with each defect of an upgrade client that turns a case
/// red.</summary>
public sealed class GasFirmwarePackTests : IDisposable
{
    public static TheoryData<string, string, string> Rows { get; } = HanRig.Rows(
        ("wrong-image-accepted", "FWG-05", "FWG-05"),
        ("", "FWG-02 FWG-01 FWG-05 FWG-05-HARDWARE", ""),
        ("ota-abort", "FWG-03", "FWG-03"),
        ("old-image-kept", "FWG-01", "FWG-01"));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Rows))]
    public Task A_sound_meter_passes_and_a_defect_turns_its_cases_red(string defects, string cases, string red) =>
        new HanRig(_folder.Path).ExpectAsync("firmware", defects, cases, red);
}
