using System.Text.RegularExpressions;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Packs.Library;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.TestKit;
using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Bench;

/// <summary>AUX-01 of the built-in pack on the meter that <c>rigs/models</c> has for it.</summary>
public sealed partial class AuxiliaryLoadCaseTests : IDisposable
{
    private const string Fact = "\n    facts: { auxiliary-load: 1 }";

    private static readonly TestPack Pack = PackLibrary.Find("auxiliary-load")!;

    private BenchFolder _folder = FolderWith(Fact);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", Verdict.Passed)]
    [InlineData("auxiliary-disturbed", Verdict.Failed)]
    public async Task A_new_tariff_that_disturbs_the_load_is_found(string defect, Verdict verdict)
    {
        string[] defects = defect.Length == 0 ? [] : [defect];
        await using BenchFolder.ServedBench served = await _folder.ServeAsync(defects);
        await using RigBench bench = _folder.OpenBench();

        AttemptResult result = await RunAsync(bench);

        result.Verdict.Should().Be(verdict, result.Reason);
        result.Steps.Where(step => step.Verdict != Verdict.Passed).Select(step => step.Index)
            .Should().Equal(verdict == Verdict.Failed ? [6] : [], "the tariff itself is taken, and clean-up is possible");
        result.Reason.Contains("ALCSScheduler", StringComparison.Ordinal).Should().Be(verdict == Verdict.Failed, result.Reason);
    }

    [Fact]
    public async Task A_meter_whose_profile_tells_no_calendar_is_not_judged()
    {
        string profiles = Directory.CreateDirectory(Path.Combine(_folder.Path, "profiles")).FullName;
        foreach (string file in Directory.GetFiles(Path.Combine(RepositoryRoot.Path, "rigs", "profiles"), "*.yaml"))
        {
            string text = await File.ReadAllTextAsync(file);
            await File.WriteAllTextAsync(Path.Combine(profiles, Path.GetFileName(file)), ScheduleLines().Replace(text, string.Empty));
        }

        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        await using RigBench bench = new(_folder.Rig, [], _folder.Path, profiles, TimeProvider.System, NullLogger.Instance);

        AttemptResult result = await RunAsync(bench);

        result.Verdict.Should().Be(Verdict.Blocked, result.Reason);
        result.Steps.Select(step => step.Name).Should().NotContain("give the meter another tariff");
    }

    [Fact]
    public async Task A_meter_of_which_no_load_is_stated_is_asked_nothing()
    {
        _folder.Dispose();
        _folder = FolderWith(string.Empty);
        await using RigBench bench = _folder.OpenBench();

        AttemptResult result = await RunAsync(bench);

        result.Verdict.Should().Be(Verdict.Blocked);
        result.Reason.Should().Contain("no fact 'auxiliary-load'");
        result.Steps.Should().BeEmpty();
    }

    [Fact]
    public void Lint_finds_nothing_odd_that_is_not_meant()
    {
        PackLint.Check(Pack).Findings.Should().BeEmpty();
    }

    private static BenchFolder FolderWith(string facts) => new()
    {
        Rig = BenchFolder.Parse(BenchFolder.RigText
            .Replace("profile: generic-smets1-esme", "profile: aclara-like", StringComparison.Ordinal)
            .Replace("virtual/esme.yaml", "virtual/esme-aclara-like.yaml", StringComparison.Ordinal) + facts),
    };

    private static Task<AttemptResult> RunAsync(RigBench bench) => new PackRunner().RunCaseAsync(
        Pack, Pack.Find("AUX-01")!, bench, new SilentJournal(), new RunOptions { Time = TimeProvider.System }, CancellationToken.None)
        .DefaultTimeout();

    [GeneratedRegex(@"    ALCSScheduler:.*\n.*\n", RegexOptions.CultureInvariant)]
    private static partial Regex ScheduleLines();

    private sealed class SilentJournal : IAttemptJournal
    {
        public ValueTask AppendAsync(AttemptEvent attemptEvent, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
