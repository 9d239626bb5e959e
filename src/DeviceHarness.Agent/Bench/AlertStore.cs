using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using DeviceHarness.Agent.Journal;

namespace DeviceHarness.Agent.Bench;

/// <summary>Keeps alerts over the end of the agent until an attempt that took them has its own journal on the disk.</summary>
/// <remarks>One JSON object a line in one file, flushed in groups by a writer of its own, so that whoever tells an alert waits for no disk.
/// A file begins with all that is kept and is begun anew after <see cref="MaximumChanges"/> lines: it stays short however long the agent
/// lives. What a loss of power tore is passed over; a file whose beginning it tore is, and the one before it counts. A disk that takes
/// nothing is told of and tried again with the next alert.</remarks>
internal sealed class AlertStore : IAsyncDisposable
{
    /// <summary>The most lines behind the beginning of a file.</summary>
    public const int MaximumChanges = 1_024;

    /// <summary>The most lines that wait for the writer; what comes then is told of, and not kept.</summary>
    public const int MaximumPending = 1_024;

    /// <summary>The most lines in one flush.</summary>
    public const int GroupLines = 64;

    private readonly Channel<Line> _pending =
        Channel.CreateBounded<Line>(new BoundedChannelOptions(MaximumPending) { SingleReader = true });

    private readonly SortedDictionary<long, KeptAlert> _held = [];
    private readonly IJournalStorage _storage;
    private readonly Action<Exception?> _onNotKept;
    private readonly Task _writer;
    private IJournalFile? _file;
    private long _fileNumber;
    private int _changes;

    /// <summary>Opens what an earlier process left.</summary>
    /// <param name="storage">Where its files are.</param>
    /// <param name="onNotKept">Told when something is not on the disk, and why; null when too much waits for the disk.</param>
    /// <exception cref="IOException">The medium cannot be read.</exception>
    public AlertStore(IJournalStorage storage, Action<Exception?> onNotKept)
    {
        _storage = storage;
        _onNotKept = onNotKept;
        Recover();
        Recovered = [.. _held.Values];
        _writer = Task.Run(WriteGroupsAsync);
    }

    /// <summary>What was kept, the oldest first.</summary>
    public IReadOnlyList<KeptAlert> Recovered { get; }

    /// <summary>Keeps an alert. It is on the disk soon after.</summary>
    public void Keep(KeptAlert alert) => Write(new Line(alert, null, null));

    /// <summary>Lets go of alerts.</summary>
    public void Forget(IReadOnlyList<long> numbers) => Write(new Line(null, numbers, null));

    /// <summary>Flushes what was asked for and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _pending.Writer.TryComplete();
        await _writer.ConfigureAwait(false);
        _file?.Dispose();
    }

    private void Write(Line line)
    {
        if (!_pending.Writer.TryWrite(line))
        {
            _onNotKept(null);
        }
    }

    private async Task WriteGroupsAsync()
    {
        while (await _pending.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            List<Line> lines = [];
            while (lines.Count < GroupLines && _pending.Reader.TryRead(out Line? line))
            {
                Apply(line);
                lines.Add(line);
            }

            try
            {
                Flush(lines);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // All that is held goes into a new file with the next line.
                _file?.Dispose();
                _file = null;
                _onNotKept(exception);
            }
        }
    }

    private void Flush(List<Line> lines)
    {
        if (_file is null || _changes + lines.Count > MaximumChanges)
        {
            BeginFile();
            return;
        }

        _changes += lines.Count;
        _file.Append(TextOf(lines));
        _file.Flush();
    }

    /// <summary>Begins a file with all that is held, and then removes those before it.</summary>
    private void BeginFile()
    {
        _file?.Dispose();
        _file = null;
        string name = NameOf(++_fileNumber);
        IJournalFile next = _storage.Create(name);
        try
        {
            next.Append(TextOf([new Line(null, null, _held.Count), .. _held.Values.Select(kept => new Line(kept, null, null))]));
            next.Flush();
        }
        catch (IOException)
        {
            next.Dispose();
            _storage.Delete(name);
            throw;
        }

        _file = next;
        _changes = 0;
        foreach (string before in _storage.List().Where(other => string.CompareOrdinal(other, name) < 0))
        {
            _storage.Delete(before);
        }
    }

    private void Recover()
    {
        IReadOnlyList<string> names = _storage.List();
        _fileNumber = names.Select(NumberOf).DefaultIfEmpty().Max();
        foreach (string name in names.Reverse())
        {
            if (TryRecover(ReadLines(name)))
            {
                return;
            }
        }
    }

    private bool TryRecover(IReadOnlyList<Line?> lines)
    {
        if (lines is not [{ Held: { } held }, ..] || lines.Count <= held || lines.Take(held + 1).Any(line => line is null))
        {
            return false;
        }

        foreach (Line line in lines.Skip(1).OfType<Line>())
        {
            Apply(line);
        }

        return true;
    }

    private void Apply(Line line)
    {
        if (line.Kept is { } kept)
        {
            _held[kept.Number] = kept;
            if (_held.Count > AlertLog.Capacity)
            {
                _held.Remove(_held.Keys.First());
            }
        }

        foreach (long number in line.Forgotten ?? [])
        {
            _held.Remove(number);
        }
    }

    private Line?[] ReadLines(string name)
    {
        using IJournalFile file = _storage.Open(name);
        byte[] octets = new byte[file.Length];
        string text = Encoding.UTF8.GetString(octets.AsSpan(0, file.Read(0, octets)));

        // What stands behind the last end of a line was cut off with the power.
        return [.. text.Split('\n')[..^1].Select(Parse)];
    }

    private static Line? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Line>(text);
        }
        catch (JsonException)
        {
            // The power went while the line was written.
            return null;
        }
    }

    private static byte[] TextOf(IEnumerable<Line> lines) =>
        Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => JsonSerializer.Serialize(line) + "\n")));

    private static string NameOf(long number) => string.Create(CultureInfo.InvariantCulture, $"{number:D12}.journal");

    private static long NumberOf(string name) =>
        long.TryParse(name.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : 0;

    /// <summary>One line of a file.</summary>
    /// <param name="Kept">An alert to keep.</param>
    /// <param name="Forgotten">The numbers of alerts to let go of.</param>
    /// <param name="Held">How many kept alerts follow, on the first line.</param>
    private sealed record Line(KeptAlert? Kept, IReadOnlyList<long>? Forgotten, int? Held);
}
