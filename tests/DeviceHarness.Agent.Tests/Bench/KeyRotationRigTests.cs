using System.Text;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Drivers.Keys;
using DeviceHarness.Packs.Library;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Esme;
using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Bench;

/// <summary>The pack that rotates keys on the rig whose meter is secured, and what is kept of it.</summary>
public sealed class KeyRotationRigTests : IDisposable
{
    private const string RigFile = "rigs/secured/rig.yaml";
    private const string NoFault = "loss=0";
    private const string Master = "1C2D3E4F5A6B7C8D9EAFB0C1D2E3F405";

    private static readonly TestPack Pack = PackLibrary.Find("key-rotation")!;
    private static readonly RigConfiguration Rig = RigConfigurationReader.Read(Path.Combine(RepositoryRoot.Path, RigFile));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_pack_passes_on_a_healthy_meter_and_no_key_is_in_evidence_or_data_folder()
    {
        EvidenceJournal journal = new();
        Dictionary<string, Verdict> verdicts = [];
        await using (FaultyRig rig = new(_folder.Path, NoFault, seed: 1, file: RigFile))
        {
            foreach (TestCase testCase in Pack.Cases)
            {
                AttemptResult result = await rig.RunAsync(Pack, testCase, journal);
                verdicts[$"{testCase.Id} {result.Reason}".TrimEnd()] = result.Verdict;
            }
        }

        verdicts.Values.Should().OnlyContain(verdict => verdict == Verdict.Passed, string.Join(", ", verdicts));
        KeyRecord record = Record();
        (record.State, record.Held).Should().Be((RotationState.Settled, KeyProof.Candidate));
        string told = string.Concat(journal.Evidence) + string.Concat(
            Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories)
                .Select(file => Encoding.Latin1.GetString(File.ReadAllBytes(file))));
        foreach (string key in KeysOf(record).Append(Master))
        {
            told.Should().NotContainEquivalentOf(key).And.NotContainEquivalentOf(Spaced(key))
                .And.NotContain(Encoding.Latin1.GetString(Convert.FromHexString(key)));
        }
    }

    [Fact]
    public async Task Without_a_confirmation_the_first_case_fails_as_110031_and_the_meter_is_found_with_the_new_key()
    {
        EvidenceJournal journal = new();
        await using FaultyRig rig = new(_folder.Path, NoFault, seed: 1, EsmeDefects.UnconfirmedKeyRotation, RigFile);

        AttemptResult result = await rig.RunAsync(Pack, Pack.Cases[0], journal);

        result.Verdict.Should().Be(Verdict.Failed, result.Reason);
        journal.Finished.Should().ContainSingle().Which.Issue!.KnownIssue.Should().Be("110031");
        Record().Held.Should().Be(KeyProof.Candidate);
    }

    [Fact]
    public async Task What_is_known_of_keys_is_listed_without_any_and_before_a_rotation_nothing_is_made()
    {
        IReadOnlyList<KeyListing> before = KeyBench.List(Rig, _folder.Path, TimeProvider.System);
        bool isEmpty = !Directory.EnumerateFileSystemEntries(_folder.Path).Any();
        await using (FaultyRig rig = new(_folder.Path, NoFault, seed: 1, file: RigFile))
        {
            _ = await rig.RunAsync(Pack, Pack.Cases[2]);
        }

        IReadOnlyList<KeyListing> after = KeyBench.List(Rig, _folder.Path, TimeProvider.System);

        isEmpty.Should().BeTrue();
        before.Select(keys => (keys.Device.Value, keys.HasKeys, keys.HasMasterKey, keys.Held)).Should().Equal(
            ("esme-01", true, true, KeyProof.None), ("esme-02", false, false, KeyProof.None), ("esme-mute", false, false, KeyProof.None),
            ("esme-late", true, true, KeyProof.None));
        after[0].Held.Should().Be(KeyProof.Candidate);
        after[0].Active.Should().Be(Record().Active.Identifier);
        (after[0].Failures, after[0].AttemptLimit).Should().Be((0, 3));
        KeysOf(Record()).Should().NotContain(key => after[0].ToString().Contains(key, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData(7, false, true, false)]
    [InlineData(8, false, true, true)]
    [InlineData(8, true, false, false)]
    public async Task Seven_days_after_a_migration_a_device_that_was_not_rotated_is_flagged(
        int days, bool isRotated, bool isDue, bool isOverdue)
    {
        RigDevice migrated = Rig.Devices[0] with
        {
            Facts = new Dictionary<string, string>(Rig.Devices[0].Facts) { ["migrated-at"] = "2026-01-05" },
        };
        RigConfiguration rig = Rig with { Devices = [migrated, .. Rig.Devices.Skip(1)] };
        if (isRotated)
        {
            await using FaultyRig bench = new(_folder.Path, NoFault, seed: 1, file: RigFile);
            _ = await bench.RunAsync(Pack, Pack.Cases[2]);
        }

        ManualTimeProvider clock = new();
        clock.Advance(new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero).AddDays(days) - clock.GetUtcNow());
        IReadOnlyList<KeyListing> listed = KeyBench.List(rig, _folder.Path, clock);

        listed[0].DueAt.Should().Be(isDue ? new DateTimeOffset(2026, 1, 12, 0, 0, 0, TimeSpan.Zero) : null);
        listed[0].IsOverdue.Should().Be(isOverdue);
        listed.Skip(1).Should().OnlyContain(device => device.DueAt == null && !device.IsOverdue);
    }

    [Fact]
    public async Task A_rig_that_somebody_drives_is_not_taken_for_its_keys()
    {
        await using KeyBench first = KeyBench.Open(Rig, _folder.Path, TimeProvider.System, NullLoggerFactory.Instance);

        Action second = () => KeyBench.Open(Rig, _folder.Path, TimeProvider.System, NullLoggerFactory.Instance);

        second.Should().Throw<TransportException>().Which.Code.Should().Be("AGENT-002");
    }

    private static IEnumerable<string> KeysOf(KeyRecord record) =>
        new[] { record.Active, record.Retired! }.SelectMany(keys => new[]
        {
            Convert.ToHexString(keys.Encryption.Reveal()), Convert.ToHexString(keys.Authentication.Reveal()),
        });

    private static string Spaced(string hex) => string.Join(' ', hex.Chunk(2).Select(pair => new string(pair)));

    private KeyRecord Record() => RigBench.KeysOf(Rig, Rig.Devices[0], _folder.Path, KeyStoreKey.Open(_folder.Path)).Read()!;

    private sealed class EvidenceJournal : IAttemptJournal
    {
        public List<string> Evidence { get; } = [];

        public List<AttemptFinished> Finished { get; } = [];

        public ValueTask AppendAsync(AttemptEvent attemptEvent, CancellationToken cancellationToken)
        {
            switch (attemptEvent)
            {
                case EvidenceRecorded recorded:
                    Evidence.Add(Encoding.UTF8.GetString(recorded.Content.Span));
                    break;
                case AttemptFinished finished:
                    Finished.Add(finished);
                    break;
                default:
                    break;
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
