using DeviceHarness.Agent.Tests.Support;
using Xunit;

namespace DeviceHarness.Agent.Tests.ZigBee;

/// <summary>The gas form of <c>prepayment</c>: sound, and with top-ups that are credited twice.</summary>
public sealed class GasPrepaymentPackTests : IDisposable
{
    public static TheoryData<string, string, string> Rows { get; } = HanRig.Rows(
        ("top-up-doubled", "GPRE-01", "GPRE-01"),
        ("", "GPRE-01 GPRE-02 GPRE-03-FOREIGN GPRE-03-FORGED GPRE-03-LIMIT GPRE-MISPRINT GPRE-04 GPRE-05 GPRE-06", ""));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Rows))]
    public Task A_sound_meter_passes_and_a_defect_turns_its_cases_red(string defects, string cases, string red) =>
        new HanRig(_folder.Path)
        {
            Edit = static text => text.Replace("default: 31m", "default: 20s", StringComparison.Ordinal),
        }.ExpectAsync("prepayment", defects, cases, red);
}
