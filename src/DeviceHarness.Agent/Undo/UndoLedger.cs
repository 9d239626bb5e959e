using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Journal;

namespace DeviceHarness.Agent.Undo;

/// <summary>The undo ledger of a rig, on the disk: one file an entry, whole and flushed before its command is sent.</summary>
/// <remarks>A file that a loss of power tore is of a command that was never sent, and is removed. One that was closed and comes back with
/// the power is settled again, which begins with a look at the device. Safe for use from any thread.</remarks>
internal sealed class UndoLedger
{
    private const byte End = (byte)'\n';
    // A tariff of every day, season and special day that there may be, and its prices.
    private const int MaximumOctets = 1024 * 1024;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lock _gate = new();
    private readonly IJournalStorage _storage;
    private readonly SortedDictionary<string, UndoEntry> _entries = new(StringComparer.Ordinal);
    private long _number;

    private UndoLedger(IJournalStorage storage)
    {
        _storage = storage;
    }

    /// <summary>What is owed or in quarantine, the oldest first.</summary>
    public IReadOnlyList<UndoEntry> Entries
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries.Values];
            }
        }
    }

    /// <summary>Opens what an earlier process left.</summary>
    /// <exception cref="TransportException">UNDO-001: the medium cannot be read.</exception>
    public static UndoLedger Open(IJournalStorage storage)
    {
        UndoLedger ledger = new(storage);
        OnMedium(() =>
        {
            foreach (string name in storage.List())
            {
                ledger.Recover(name);
            }

            return true;
        });
        return ledger;
    }

    /// <summary>Writes an entry. When this returns it survives a kill and a loss of power.</summary>
    /// <exception cref="TransportException">UNDO-001: the medium does not take it; the command must not be sent.</exception>
    public void Register(UndoEntry entry)
    {
        lock (_gate)
        {
            Write(entry);
        }
    }

    /// <summary>Removes an entry: its device is back at its baseline.</summary>
    /// <exception cref="TransportException">UNDO-001: the medium does not let go of it.</exception>
    public void Close(UndoEntry entry)
    {
        lock (_gate)
        {
            Remove(entry);
        }
    }

    /// <summary>Puts an entry in place of another.</summary>
    /// <exception cref="TransportException">UNDO-001: the medium does not take it.</exception>
    public void Replace(UndoEntry entry, UndoEntry next)
    {
        lock (_gate)
        {
            Write(next);
            Remove(entry);
        }
    }

    private static T OnMedium<T>(Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TransportException("UNDO-001", $"the undo ledger cannot be kept: {exception.Message}", "undo ledger", exception);
        }
    }

    private static UndoEntry? Parse(ReadOnlySpan<byte> octets)
    {
        if (octets.Length == 0 || octets[^1] != End)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<UndoEntry>(octets);
        }
        catch (JsonException)
        {
            // Torn within: the flush never returned, so the command was not sent.
            return null;
        }
    }

    private void Recover(string name)
    {
        UndoEntry? entry;
        using (IJournalFile file = _storage.Open(name))
        {
            byte[] octets = new byte[Math.Min(file.Length, MaximumOctets)];
            entry = Parse(octets.AsSpan(0, file.Read(0, octets)));
        }

        // Numbers go on after the highest: a name that was closed may come back.
        _number = Math.Max(_number, long.TryParse(name.Split('.')[0], CultureInfo.InvariantCulture, out long number) ? number : 0);
        if (entry is null)
        {
            _storage.Delete(name);
        }
        else
        {
            _entries[name] = entry;
        }
    }

    private void Write(UndoEntry entry)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{++_number:D12}.journal");
        OnMedium(() =>
        {
            using IJournalFile file = _storage.Create(name);
            file.Append([.. JsonSerializer.SerializeToUtf8Bytes(entry, Readable), End]);
            file.Flush();
            return true;
        });
        _entries[name] = entry;
    }

    private void Remove(UndoEntry entry)
    {
        string[] names = [.. _entries.Where(held => held.Value == entry).Select(held => held.Key)];
        foreach (string name in names)
        {
            OnMedium(() =>
            {
                _storage.Delete(name);
                return true;
            });
            _entries.Remove(name);
        }
    }
}
