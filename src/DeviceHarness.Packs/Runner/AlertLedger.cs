using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.Packs.Runner;

/// <summary>Every alert that an attempt was given, held against what its steps expected: nothing that came is passed over.</summary>
/// <remarks>An alert is explained by the step that expected it. One that comes after its step gave up is late; one that was told before
/// is a duplicate; what is neither, and no step expected, is unexplained.</remarks>
public sealed class AlertLedger
{
    /// <summary>The most alerts that are kept; what comes beyond is counted.</summary>
    public const int MaximumEntries = 4_096;

    private readonly IAlertLog _log;
    private readonly DeviceId[] _devices;
    private readonly List<AlertEntry> _entries = [];
    private readonly List<(DeviceId Device, string Code, string Step)> _missing = [];
    private int _told;

    internal AlertLedger(IAlertLog log, IEnumerable<BenchDevice> devices)
    {
        _log = log;
        _devices = [.. devices.Select(device => device.Id)];
    }

    /// <summary>The alerts in the order in which they came.</summary>
    public IReadOnlyList<AlertEntry> Entries => _entries;

    /// <summary>How many alerts came beyond those that are kept.</summary>
    public long Overflow { get; private set; }

    /// <summary>How many expected alerts never came.</summary>
    public int Missing => _missing.Count;

    /// <summary>What no step expected, came of the attempt itself, and is neither late nor a duplicate.</summary>
    public IEnumerable<AlertEntry> Unexplained =>
        _entries.Where(entry => entry is { ExplainedBy: null, LateFor: null, IsEarlier: false, Alert.IsDuplicate: false });

    /// <summary>Takes what came while no case ran on the devices: it is kept, and explains nothing of this attempt.</summary>
    public void TakeEarlier() => Take(isEarlier: true);

    /// <summary>Takes what came since.</summary>
    public void Take() => Take(isEarlier: false);

    /// <summary>The alerts that came since this was asked last.</summary>
    public IReadOnlyList<AlertEntry> TakeNews()
    {
        AlertEntry[] news = [.. _entries.Skip(_told)];
        _told = _entries.Count;
        return news;
    }

    /// <summary>Lets a step expect alerts: when enough of those that came are not explained yet, they are explained now.</summary>
    /// <param name="device">The device.</param>
    /// <param name="code">The alert code.</param>
    /// <param name="count">How many; duplicates do not count.</param>
    /// <param name="step">The step's name.</param>
    /// <param name="found">How many there are.</param>
    /// <returns>Whether there are enough.</returns>
    public bool TryExplain(DeviceId device, string code, int count, string step, out int found)
    {
        AlertEntry[] candidates = [.. _entries
            .Where(entry => entry is { ExplainedBy: null, IsEarlier: false, Alert.IsDuplicate: false })
            .Where(entry => entry.Alert.Device == device && entry.Alert.Code == code)];
        found = candidates.Length;
        if (found < count)
        {
            return false;
        }

        foreach (AlertEntry entry in candidates.Take(count))
        {
            entry.ExplainedBy = step;
        }

        return true;
    }

    /// <summary>Notes that a step gave up: what it expected is late when it comes after all, and missing when it does not.</summary>
    /// <param name="device">The device.</param>
    /// <param name="code">The alert code.</param>
    /// <param name="count">How many did not come.</param>
    /// <param name="step">The step's name.</param>
    public void GiveUp(DeviceId device, string code, int count, string step)
    {
        for (int missed = 0; missed < count; missed++)
        {
            _missing.Add((device, code, step));
        }
    }

    private void Take(bool isEarlier)
    {
        foreach (BenchAlert alert in _devices.Length == 0 ? [] : _log.TakeFor(_devices))
        {
            if (_entries.Count == MaximumEntries)
            {
                Overflow++;
                continue;
            }

            AlertEntry entry = new(alert, isEarlier);
            int awaited = isEarlier || alert.IsDuplicate
                ? -1
                : _missing.FindIndex(miss => miss.Device == alert.Device && miss.Code == alert.Code);
            if (awaited >= 0)
            {
                entry.LateFor = _missing[awaited].Step;
                _missing.RemoveAt(awaited);
            }

            _entries.Add(entry);
        }
    }
}

/// <summary>An alert of an attempt.</summary>
/// <param name="alert">The alert.</param>
/// <param name="isEarlier">Whether it came before the attempt began.</param>
public sealed class AlertEntry(BenchAlert alert, bool isEarlier)
{
    /// <summary>The alert.</summary>
    public BenchAlert Alert { get; } = alert;

    /// <summary>Whether it came before the attempt began, while no case ran on its device.</summary>
    public bool IsEarlier { get; } = isEarlier;

    /// <summary>The step that expected it; null when none did.</summary>
    public string? ExplainedBy { get; internal set; }

    /// <summary>The step that had given it up; null when it was in time, or none expected it.</summary>
    public string? LateFor { get; internal set; }
}
