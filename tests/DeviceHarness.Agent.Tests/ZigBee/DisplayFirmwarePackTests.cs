using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Duis.Service;
using Xunit;

namespace DeviceHarness.Agent.Tests.ZigBee;

/// <summary>The form of <c>firmware</c> for a display, over the air: sound, and with each defect of an upgrade client that turns a case
/// red.</summary>
public sealed class DisplayFirmwarePackTests : IDisposable
{
    public static TheoryData<string, string, string> Rows { get; } = HanRig.Rows(
        ("ppmid-01:wrong-image-accepted", "FWP-02", "FWP-02"),
        ("", "FWP-01 FWP-02 FWP-03", ""),
        ("ppmid-01:ota-abort", "FWP-01", "FWP-01"));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Rows))]
    public Task A_sound_display_passes_and_a_defect_turns_its_case_red(string defects, string cases, string red) =>
        new HanRig(_folder.Path, "home", "ppmid").ExpectAsync("firmware", defects, cases, red);

    [Fact]
    public Task Where_the_service_offers_11_2_the_display_tells_by_it_which_version_runs() =>
        new HanRig(_folder.Path, "home", "ppmid")
        {
            FirmwareUpdates = FirmwareUpdateRules.Secmp0007,
            Edit = text => text.Replace("acknowledgement: E11", "body: { FirmwareVersion: 1.5.0 }", StringComparison.Ordinal),
        }.ExpectAsync("firmware", "", "FWP-01", "");
}
