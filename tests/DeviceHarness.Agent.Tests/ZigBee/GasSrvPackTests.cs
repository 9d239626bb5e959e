using DeviceHarness.Agent.Tests.Support;
using Xunit;

namespace DeviceHarness.Agent.Tests.ZigBee;

/// <summary>The gas form of <c>dmct-srv</c>: sound, and with each defect of a gas meter that its effects betray.</summary>
public sealed class GasSrvPackTests : IDisposable
{
    public static TheoryData<string, string, string> Rows { get; } = HanRig.Rows(
        ("", "REFUSED-1-2-1-PRICE", ""),
        ("tariff-ignored", "TARIFF", "TARIFF"),
        ("tariff-ignored", "PREPAY PRICE", "PRICE"),
        ("", "TARIFF PRICE PRICE-LATER BALANCE MODE PREPAY DEBT EMERGENCY CLEAR BILLING REFUSED-1-2-1-PRICE LOST SUPPLY", ""),
        ("billing-ignored", "BILLING", "BILLING"));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Rows))]
    public Task A_sound_meter_passes_and_a_defect_turns_its_cases_red(string defects, string cases, string red) =>
        new HanRig(_folder.Path).ExpectAsync("dmct-srv", defects, cases, red);
}
