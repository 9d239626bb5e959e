using System.Runtime.Loader;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.TestKit;
using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Bench;

/// <summary>Kinds of steps from an assembly that is built beside these tests and that nothing refers to.</summary>
public sealed class ForeignStepKindsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("4.1.9 4.2.0", Verdict.Passed)]
    [InlineData("4.2.1", Verdict.Failed)]
    public async Task A_case_does_a_step_that_somebody_wrote_in_an_assembly_of_his_own(string versions, Verdict verdict)
    {
        ManualTimeProvider time = new();
        RigConfiguration rig = Rig($"[ {{ assembly: {SamplePath()} }} ]");
        await using RigBench bench = new(rig, [], _folder.Path, "profiles", time, NullLogger.Instance);
        TestPack pack = PackLoader.Load(
            $$"""
            pack: own
            title: A step of my own
            version: "1"
            kind: smoke
            owner: tests
            budget: 5m
            purpose: For tests.
            needs: { esme: ESME }
            cases:
              - id: OWN-1
                title: Own
                device: esme
                steps:
                  - { custom: { kind: firmware-is, with: { one-of: "{{versions}}" } }, capture: { held: version } }
                  - { custom: { kind: firmware-is, with: { one-of: "${held}" } } }
            """,
            "own.pack.yaml");

        AttemptResult result = await new PackRunner().RunCaseAsync(
            pack, pack.Cases[0], bench, new NoJournal(), new RunOptions { Time = time }, CancellationToken.None).DefaultTimeout();

        result.Verdict.Should().Be(verdict, result.Reason);
        result.Reason.Should().Be(
            verdict == Verdict.Failed ? "firmware-is: esme: firmware: expected one of 4.2.1, found 4.2.0" : string.Empty);
    }

    [Fact]
    public void Its_assembly_lives_in_a_context_of_its_own()
    {
        IStepKind kind = new ForeignStepKinds([new ForeignDriver(SamplePath(), string.Empty)]).Find("firmware-is")!;

        AssemblyLoadContext? context = AssemblyLoadContext.GetLoadContext(kind.GetType().Assembly);

        context.Should().NotBeSameAs(AssemblyLoadContext.Default);
        context!.Assemblies.Should().OnlyContain(assembly => assembly == kind.GetType().Assembly);
    }

    [Fact]
    public void What_is_no_such_assembly_is_told_when_the_rig_is_taken_into_use()
    {
        ForeignDriver sample = new(SamplePath(), string.Empty);
        ForeignDriver[][] wrong =
        [
            [sample with { TypeName = "Somebody.Else" }],
            [new ForeignDriver(typeof(RigBench).Assembly.Location, string.Empty)],
            [new ForeignDriver(Path.Combine(RepositoryRoot.Path, "README.md"), string.Empty)],
            [sample, sample],
        ];

        foreach (ForeignDriver[] assemblies in wrong)
        {
            FluentActions.Invoking(() => new ForeignStepKinds(assemblies)).Should().Throw<ConfigurationException>()
                .Which.Code.Should().Be("RIG-009");
        }
    }

    [Fact]
    public void A_file_that_is_not_there_is_told_when_the_rig_file_is_read()
    {
        FluentActions.Invoking(() => Rig("[ { assembly: none.dll } ]")).Should().Throw<ConfigurationException>()
            .Which.Key.Should().Be("step-kinds[0].assembly");
    }

    // Built with the tests, in the same configuration.
    private static string SamplePath()
    {
        string[] folders = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar);
        return Path.Combine(
            RepositoryRoot.Path, "tests", "DeviceHarness.SampleDriver", "bin", folders[^2], folders[^1], "DeviceHarness.SampleDriver.dll");
    }

    private RigConfiguration Rig(string kinds) => RigConfigurationReader.Parse(
        $$"""
        rig: bench-01
        users: { IS: 90-B3-D5-1F-30-01-00-01 }
        step-kinds: {{kinds}}
        devices:
          esme-01:
            type: ESME
            eui64: 90-B3-D5-1F-30-00-00-A0
            firmware: "4.2.0"
            profile: any
            driver: { assembly: {{SamplePath()}} }
            link: { via: virtual, model: esme.yaml, baud: 9600, format: 8N1 }
        """,
        Path.Combine(_folder.Path, "rig.yaml"));

    private sealed class NoJournal : IAttemptJournal
    {
        public ValueTask AppendAsync(AttemptEvent attemptEvent, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
