using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Packs.Library;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Bench;

/// <summary>Cases of prepayment, security and boost over sound lines to virtual meters, in this process: each passes, and is red when what
/// it asks for is another.</summary>
public sealed class PackCasesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_sound_meter_passes_every_case()
    {
        await using FaultyRig rig = new(_folder.Path, "loss=0", 1);
        TestPack security = PackLibrary.Find("security-negative")!;
        TestPack prepayment = PackLibrary.Find("prepayment")!;

        List<string> missed = [];
        foreach (TestCase testCase in security.Cases.Where(one => one.Source.Length == 0).Concat(prepayment.Cases))
        {
            AttemptResult result = await rig.RunAsync(prepayment, testCase);
            missed.AddRange(result.Verdict == Verdict.Passed ? [] : [$"{testCase.Id}: {result.Reason}"]);
        }

        missed.Should().BeEmpty();
    }

    [Fact]
    public async Task A_model_that_keeps_boost_to_itself_passes()
    {
        await using FaultyRig rig = new(_folder.Path, "loss=0", 1, file: "rigs/srvt/rig.yaml");
        TestPack pack = PackLibrary.Find("auxiliary-load")!;

        AttemptResult result = await rig.RunAsync(pack, pack.Find("BOOST-01-7-9")!);

        result.Verdict.Should().Be(Verdict.Passed, result.Reason);
    }

    [Theory]
    [InlineData("prepayment", "PRE-01", "pence: 500", "pence: 400")]
    [LongInlineData("prepayment", "PRE-02", "expect: { outcome: Refused, success: false }", "expect: { success: true }")]
    [LongInlineData("prepayment", "PRE-03-FOREIGN", "for: other, flaw: none", "for: esme, flaw: none")]
    [LongInlineData("prepayment", "PRE-03-MISPRINT", "flaw: misprinted", "flaw: none")]
    [InlineData("prepayment", "PRE-03-FORGED", "flaw: forged", "flaw: none")]
    [LongInlineData("prepayment", "PRE-03-LIMIT", "pence: 30000", "pence: 500")]
    [LongInlineData("prepayment", "PRE-04", "DebtRecoveryPerPayment: 2500", "DebtRecoveryPerPayment: 0")]
    [LongInlineData("prepayment", "PRE-05", "AdjustMeterBalance: 50000 ", "AdjustMeterBalance: 500000 ")]
    [InlineData("prepayment", "PRE-06", "utrn: { pence: 1000", "utrn: { pence: 1")]
    [LongInlineData("security-negative", "SEC-01", "${request.target}:1<", "${request.target}:${request.counter}<")]
    [LongInlineData("security-negative", "SEC-02", "90-B3-D5-1F-30-01-FF-FE:", "${request.originator}:")]
    [LongInlineData("security-negative", "SEC-03", "role: ED-other", "role: ED")]
    [InlineData("auxiliary-load", "BOOST-01-7-5", "facts: [ boost-button ]", "device: esme-aclara", "rigs/srvt/rig.yaml")]
    public async Task A_case_is_red_when_what_it_asks_for_is_another(
        string name, string id, string from, string to, string? file = null)
    {
        string text = PackLibrary.Find(name)!.Text;
        text.Should().Contain(from);
        TestPack pack = PackLoader.Load(text.Replace(from, to, StringComparison.Ordinal), name);
        await using FaultyRig rig = new(_folder.Path, "loss=0", 1, file: file);

        AttemptResult changed = await rig.RunAsync(pack, pack.Find(id)!);

        changed.Verdict.Should().Be(Verdict.Failed, changed.Reason);
    }
}
