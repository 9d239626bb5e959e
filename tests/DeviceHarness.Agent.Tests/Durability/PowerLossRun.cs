using System.Globalization;
using DeviceHarness.Agent.Journal;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Contracts.V1;
using DeviceHarness.TestKit;

namespace DeviceHarness.Agent.Tests.Durability;

/// <summary>A seeded life of a journal folder whose power fails at any act of the disk, and what is wrong after it came back.</summary>
internal sealed class PowerLossRun
{
    private const int Acts = 30;
    private const int MostActsToFailure = 60;

    private readonly Random _random;
    private readonly int _seed;
    private readonly Lock _gate = new();
    private readonly Dictionary<AttemptKey, Known> _known = [];
    private DroppingStorage? _image;
    private Dictionary<AttemptKey, Known> _promised = [];
    private int _steps;

    private PowerLossRun(int seed)
    {
        _seed = seed;
        _random = new Random(seed);
    }

    /// <summary>Lives, loses its power, comes back.</summary>
    /// <param name="seed">What happens.</param>
    /// <param name="storage">The new disk.</param>
    /// <returns>Every promise that was broken; none when the journal keeps its word.</returns>
    public static async Task<IReadOnlyList<string>> FindBrokenPromisesAsync(int seed, DroppingStorage storage)
    {
        PowerLossRun run = new(seed);
        await run.LiveAsync(storage);
        return await run.CompareAsync(run._image ?? storage.FailPower(run._random));
    }

    private async Task LiveAsync(DroppingStorage storage)
    {
        int failure = _random.Next(1, MostActsToFailure);
        Random atFailure = new(_seed + 1);
        storage.BeforeAct = act =>
        {
            if (act == failure)
            {
                Promise();
                _image = storage.FailPower(atFailure);
            }
        };
        await using JournalFolder journals =
            await JournalFolder.OpenAsync(storage, new ManualTimeProvider(), CancellationToken.None).DefaultTimeout();
        List<AttemptJournal> open = [];
        for (int act = 0; act < Acts; act++)
        {
            if (open.Count == 0 || _random.Next(8) == 0)
            {
                open.Add(Begin(journals));
            }

            AttemptJournal journal = open[_random.Next(open.Count)];
            await ActAsync(journals, journal, open);
        }

        if (_image is null)
        {
            Promise();
        }
    }

    private AttemptJournal Begin(JournalFolder journals)
    {
        AttemptKey key = new(string.Create(CultureInfo.InvariantCulture, $"execution-{_known.Count + 1}"), 1, _known.Count + 1);
        lock (_gate)
        {
            _known[key] = new Known();
        }

        return journals.Begin(key);
    }

    private async Task ActAsync(JournalFolder journals, AttemptJournal journal, List<AttemptJournal> open)
    {
        Known known = _known[journal.Key];
        switch (_random.Next(7))
        {
            case < 4:
                int octets = _random.Next(2) == 0 ? 10 : _random.Next(2000);
                known.Appended.Add(++_steps);
                await journal.AppendAsync(Events.Named(_steps, octets), CancellationToken.None);
                break;
            case 4:
                await FlushAsync(journal, known);
                break;
            case 5:
                await FlushAsync(journal, known);
                await journals.AcknowledgeAsync(journal.Key, known.Promised);
                break;
            default:
                known.IsFinished = true;
                await journal.AppendAsync(Events.Finished(), CancellationToken.None);
                await FlushAsync(journal, known);
                open.Remove(journal);
                if (_random.Next(2) == 0)
                {
                    lock (_gate)
                    {
                        known.IsSettled = true;
                    }

                    await journals.AcknowledgeAsync(journal.Key, known.Promised);
                }

                break;
        }
    }

    private async Task FlushAsync(AttemptJournal journal, Known known)
    {
        await journal.FlushAsync(CancellationToken.None).AsTask().DefaultTimeout();
        lock (_gate)
        {
            known.Promised = journal.FlushedSequence;
        }
    }

    private void Promise()
    {
        lock (_gate)
        {
            _promised = _known.ToDictionary(entry => entry.Key, entry => entry.Value.Copy());
        }
    }

    private async Task<IReadOnlyList<string>> CompareAsync(DroppingStorage image)
    {
        List<string> broken = [];
        await using JournalFolder found =
            await JournalFolder.OpenAsync(image, new ManualTimeProvider(), CancellationToken.None).DefaultTimeout();
        foreach ((AttemptKey key, Known promised) in _promised)
        {
            AttemptJournal? journal = found.Journals.FirstOrDefault(candidate => candidate.Key == key);
            if (journal is not null)
            {
                Compare(broken, journal, promised);
            }
            else if (promised is { Promised: > 0, IsSettled: false })
            {
                broken.Add($"seed {_seed}: the journal of {key} is gone, {promised.Promised} events were promised");
            }
        }

        return broken;
    }

    private void Compare(List<string> broken, AttemptJournal journal, Known promised)
    {
        IReadOnlyList<AttemptEvent> events = journal.Read(0, int.MaxValue, int.MaxValue);
        bool isClosed = events.Count > 0 && events[^1].BodyCase == AttemptEvent.BodyOneofCase.AttemptFinished;
        int[] steps = [.. events.Where(one => one.BodyCase == AttemptEvent.BodyOneofCase.StepStarted).Select(one => one.StepStarted.Index)];
        long kept = isClosed && events[^1].AttemptFinished.Verdict == Verdict.Inconclusive ? events.Count - 1 : events.Count;
        if (kept < promised.Promised)
        {
            broken.Add($"seed {_seed}: {journal.Key} kept {kept} of {promised.Promised} events");
        }

        if (!isClosed)
        {
            broken.Add($"seed {_seed}: {journal.Key} was not closed");
        }

        // What is kept beyond the promise may be more of what was appended, and nothing else.
        if (!_known[journal.Key].Appended.Take(steps.Length).SequenceEqual(steps))
        {
            broken.Add($"seed {_seed}: {journal.Key} holds other events than were appended");
        }

        if (!events.Select(one => one.Sequence).SequenceEqual(Enumerable.Range(1, events.Count).Select(number => (long)number)))
        {
            broken.Add($"seed {_seed}: {journal.Key} has a gap");
        }
    }

    /// <summary>What was done with an attempt, and what its journal said is durable.</summary>
    private sealed class Known
    {
        public List<int> Appended { get; private init; } = [];

        public long Promised { get; set; }

        public bool IsFinished { get; set; }

        public bool IsSettled { get; set; }

        public Known Copy() => new() { Appended = [.. Appended], Promised = Promised, IsFinished = IsFinished, IsSettled = IsSettled };
    }
}
