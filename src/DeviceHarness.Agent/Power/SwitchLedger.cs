using System.Globalization;
using System.Text;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Journal;

namespace DeviceHarness.Agent.Power;

/// <summary>How often each feed was switched off today, which are off, and whether the bench was isolated, on the disk: counted before the
/// contact moves, so that an agent that is killed over and over wears no relay out, and the next one gives back what it took. Safe for use
/// from any thread.</summary>
/// <remarks>One file a day (UTC), a line for each switching off; one for each feed while it is off; and one that is there while an
/// isolation is not acknowledged.</remarks>
internal sealed class SwitchLedger
{
    private const string Extension = ".journal";
    private const string IsolatedName = "isolated" + Extension;
    private const string AcknowledgedName = "acknowledged" + Extension;
    private const string OffPrefix = "off-";
    private const char End = '\n';

    private readonly Lock _gate = new();
    private readonly IJournalStorage _storage;
    private readonly string _rig;
    private readonly TimeProvider _time;

    /// <summary>Opens what an earlier process left.</summary>
    public SwitchLedger(IJournalStorage storage, string rig, TimeProvider time)
    {
        _storage = storage;
        _rig = rig;
        _time = time;
    }

    /// <summary>Whether an isolation was seen and not acknowledged.</summary>
    public bool IsIsolated => OnMedium(() => _storage.List().Contains(IsolatedName));

    /// <summary>Whether a person at the bench asked to let it be switched on again.</summary>
    public bool IsAcknowledgementAsked => OnMedium(() => _storage.List().Contains(AcknowledgedName));

    private string Today => string.Create(CultureInfo.InvariantCulture, $"{_time.GetUtcNow():yyyy-MM-dd}{Extension}");

    /// <summary>How often a feed was switched off today.</summary>
    /// <exception cref="TransportException">POWER-007: the medium cannot be read.</exception>
    public int CountOf(string feed) => OnMedium(() =>
    {
        if (!_storage.List().Contains(Today))
        {
            return 0;
        }

        using IJournalFile file = _storage.Open(Today);
        byte[] octets = new byte[file.Length];
        string text = Encoding.UTF8.GetString(octets, 0, file.Read(0, octets));
        return text.Split(End).Count(line => line == feed);
    });

    /// <summary>Counts a switching off. When this returns it survives a kill and a loss of power.</summary>
    /// <exception cref="TransportException">POWER-007: the medium does not take it; the contact must not move.</exception>
    public void NoteOff(string feed) => OnMedium(() =>
    {
        string today = Today;
        using IJournalFile file = _storage.List().Contains(today) ? _storage.Open(today) : _storage.Create(today);
        // An end before it too: a line that a loss of power tore does not swallow it.
        file.Append(Encoding.UTF8.GetBytes($"{End}{feed}{End}"));
        file.Flush();
        return true;
    });

    /// <summary>Whether a feed is off by an agent's doing, this one's or that of one before it.</summary>
    /// <exception cref="TransportException">POWER-007: the medium cannot be read.</exception>
    public bool IsOff(string feed) => OnMedium(() => _storage.List().Contains(OffName(feed)));

    /// <summary>Marks a feed as off. When this returns it survives a kill and a loss of power.</summary>
    /// <exception cref="TransportException">POWER-007: the medium does not take it; the contact must not move.</exception>
    public void MarkOff(string feed) => Make(OffName(feed));

    /// <summary>A feed is on again.</summary>
    /// <exception cref="TransportException">POWER-007: the medium does not let go of it.</exception>
    public void MarkOn(string feed) => Delete(OffName(feed));

    /// <summary>Notes an isolation until it is acknowledged. When this returns it survives a kill and a loss of power.</summary>
    /// <exception cref="TransportException">POWER-007: the medium does not take it.</exception>
    public void NoteIsolation() => Make(IsolatedName);

    /// <summary>A person asks to let the bench be switched on again; whoever drives it looks whether it is still isolated.</summary>
    /// <exception cref="TransportException">POWER-007: the medium does not take it.</exception>
    public void AskAcknowledgement() => Make(AcknowledgedName);

    /// <summary>Drops what a person asked while the bench was still isolated.</summary>
    /// <exception cref="TransportException">POWER-007: the medium does not let go of it.</exception>
    public void DropAcknowledgement() => Delete(AcknowledgedName);

    /// <summary>The isolation was acknowledged.</summary>
    /// <exception cref="TransportException">POWER-007: the medium does not let go of it.</exception>
    public void Acknowledge()
    {
        Delete(IsolatedName);
        Delete(AcknowledgedName);
    }

    /// <summary>Removes what was counted on other days.</summary>
    /// <exception cref="TransportException">POWER-007: the medium cannot be read.</exception>
    public void DropOtherDays() => OnMedium(() =>
    {
        foreach (string name in _storage.List().Where(name => name != Today && name is not (IsolatedName or AcknowledgedName)
            && !name.StartsWith(OffPrefix, StringComparison.Ordinal)))
        {
            _storage.Delete(name);
        }

        return true;
    });

    private static string OffName(string feed) => $"{OffPrefix}{feed}{Extension}";

    private void Make(string name) => OnMedium(() =>
    {
        if (!_storage.List().Contains(name))
        {
            using IJournalFile file = _storage.Create(name);
            file.Flush();
        }

        return true;
    });

    private void Delete(string name) => OnMedium(() =>
    {
        _storage.Delete(name);
        return true;
    });

    private T OnMedium<T>(Func<T> act)
    {
        try
        {
            lock (_gate)
            {
                return act();
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw PowerFaults.NotKept(_rig, exception);
        }
    }
}
