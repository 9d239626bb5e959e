using System.Text;
using System.Text.Json;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Codecs.Explain;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Packs.Library;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.Virtual.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Bench;

/// <summary>The smoke pack on the rig whose meter is secured, and what is kept of it.</summary>
public sealed class SecuredRigTests : IDisposable
{
    private const string RigFile = "rigs/secured/rig.yaml";
    private const string NoFault = "loss=0";
    private const string Encryption = "5A6B1C0D2E3F48596A7B8C9DAEBFC0D1";
    private const string Authentication = "A7B6C5D4E3F20112233445566778899A";

    private static readonly TestPack Smoke = PackLoader.Load(
        PackLibrary.Find("dmct-smoke")!.Text.Replace("- wait: 500ms", "- wait: 0s", StringComparison.Ordinal), "dmct-smoke");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_smoke_pack_passes_over_HLS_with_GMAC_and_its_evidence_holds_no_key_and_opens_with_one()
    {
        await using FaultyRig rig = new(_folder.Path, NoFault, seed: 1, file: RigFile);
        EvidenceJournal journal = new();

        Dictionary<string, Verdict> verdicts = [];
        foreach (TestCase testCase in Smoke.Cases)
        {
            verdicts[testCase.Id] = (await rig.RunAsync(Smoke, testCase, journal)).Verdict;
        }

        verdicts.Values.Should().OnlyContain(verdict => verdict == Verdict.Passed, string.Join(", ", verdicts));
        string evidence = string.Concat(journal.Evidence);
        evidence.Should().NotContainEquivalentOf(Encryption).And.NotContainEquivalentOf(Authentication)
            .And.NotContainEquivalentOf(Spaced(Encryption)).And.NotContainEquivalentOf(Spaced(Authentication));
        string[] ciphered = [.. journal.Evidence.Select(Octets).Where(octets => octets.Length > 0)];
        ciphered.Should().HaveCountGreaterThan(5).And.OnlyContain(octets => Opens(octets), "each piece opens by itself");
        Explain(ciphered[0], out _).Should()
            .Contain(line => line.Contains("1-0:0.2.0.255", StringComparison.Ordinal), "the read of the version is in clear then")
            .And.Contain(line => line.Contains("4.2.0", StringComparison.Ordinal), "so is its answer");
    }

    [Fact]
    public async Task A_meter_whose_tags_are_wrong_never_passes()
    {
        await using FaultyRig rig = new(_folder.Path, NoFault, seed: 1, EsmeDefects.WrongTag, RigFile);

        AttemptResult result = await rig.RunAsync(Smoke, Smoke.Cases.First(testCase => testCase.Id == "SMK-01"));

        result.Verdict.Should().Be(Verdict.Inconclusive, "the protocol is broken");
    }

    private static bool Opens(string octets) => Explain(octets, out bool isWellFormed).Count > 0 && isWellFormed;

    private static IReadOnlyList<string> Explain(string hex, out bool isWellFormed) => FrameExplainer.Explain(
        Convert.FromHexString(hex.Replace(" ", string.Empty, StringComparison.Ordinal)),
        new ExplainOptions(Keys: new DecipheringKeys(
            [CipherKey.Create(Convert.FromHexString(Encryption))], [CipherKey.Create(Convert.FromHexString(Authentication))],
            [Title("4448480000000001"), Title("4448560000000009")])),
        out isWellFormed);

    private static SystemTitle Title(string digits) => SystemTitle.TryParse(digits, out SystemTitle title)
        ? title
        : throw new ArgumentException(digits, nameof(digits));

    private static string Spaced(string hex) => string.Join(' ', hex.Chunk(2).Select(pair => new string(pair)));

    // All that passed the meter's port, as a person would give it to harness decode.
    private static string Octets(string evidence)
    {
        using JsonDocument document = JsonDocument.Parse(evidence);
        return string.Concat(
            document.RootElement.GetProperty("steps").EnumerateArray().SelectMany(step => step.GetProperty("wire").EnumerateArray())
                .Where(record => record.GetProperty("port").GetString() == "esme-01")
                .Select(record => record.GetProperty("octets").GetString()));
    }

    private sealed class EvidenceJournal : IAttemptJournal
    {
        public List<string> Evidence { get; } = [];

        public ValueTask AppendAsync(AttemptEvent attemptEvent, CancellationToken cancellationToken)
        {
            if (attemptEvent is EvidenceRecorded recorded)
            {
                Evidence.Add(Encoding.UTF8.GetString(recorded.Content.Span));
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
