using DeviceHarness.Codecs.Security;
using DeviceHarness.Codecs.Security.Cbke;

namespace DeviceHarness.Drivers.ZigBeeAdapter.KeyEstablishment;

/// <summary>What a step of the desk wants done.</summary>
/// <param name="Peer">Whom it is about, as a number; 0 when nobody.</param>
/// <param name="Transmit">What to send to the peer; null when nothing.</param>
/// <param name="Event">What it led to.</param>
/// <param name="Result">How the exchange ended; null while it goes on.</param>
/// <param name="NextTick">When the desk must be ticked, unless a message comes before; null when nothing is waited for.</param>
public readonly record struct EstablishmentDeskStep(
    ulong Peer, EstablishmentMessage? Transmit, EstablishmentEvent Event, EstablishmentResult? Result, TimeSpan? NextTick);

/// <summary>How an exchange ended.</summary>
/// <param name="Role">Which side we were.</param>
/// <param name="Failure">Why it failed; none when it did not.</param>
/// <param name="Status">What was said when it was ended.</param>
/// <param name="RetryAfter">When the peer asks to be tried again; null when it did not say.</param>
/// <param name="LinkKey">The new link key; null when it failed, and where the adapter computed and keeps it.</param>
/// <param name="PeerCertificate">The certificate that the peer proved; null when it failed.</param>
public sealed record EstablishmentResult(
    EstablishmentRole Role,
    EstablishmentFailure Failure,
    TerminateStatus Status,
    TimeSpan? RetryAfter,
    CipherKey? LinkKey,
    ImplicitCertificate? PeerCertificate);

/// <summary>Key establishment with many peers at a time, in either role, as a pure machine: one exchange a peer and role.</summary>
/// <remarks>A peer for which there is no room is told to try again (04). Not thread safe.</remarks>
public sealed class EstablishmentDesk : IDisposable
{
    /// <summary>The most exchanges at a time, unless the maker says another number.</summary>
    public const int DefaultExchanges = 8;

    private static readonly TimeSpan BusyWait = TimeSpan.FromSeconds(30);

    private readonly EstablishmentSettings _settings;
    private readonly int _maximumExchanges;
    private readonly Dictionary<(ulong Peer, EstablishmentRole Role), Entry> _entries = [];

    /// <summary>Makes a desk at which nobody waits.</summary>
    /// <param name="settings">What this side has and allows.</param>
    /// <param name="maximumExchanges">The most exchanges at a time, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public EstablishmentDesk(EstablishmentSettings settings, int maximumExchanges = DefaultExchanges)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumExchanges, 1);
        _settings = settings;
        _maximumExchanges = maximumExchanges;
    }

    /// <summary>How many exchanges go on.</summary>
    public int Count => _entries.Count;

    /// <summary>Whether an exchange with a peer can begin, or begin anew.</summary>
    /// <param name="peer">The peer's EUI-64 as a number.</param>
    /// <param name="role">Which side we would be.</param>
    public bool HasRoom(ulong peer, EstablishmentRole role) => _entries.Count < _maximumExchanges || _entries.ContainsKey((peer, role));

    /// <summary>Begins with a peer, as initiator; what went on with it in that role is forgotten.</summary>
    /// <param name="peer">The peer's EUI-64 as a number.</param>
    /// <param name="now">The present instant.</param>
    /// <param name="suites">The suites to choose from.</param>
    /// <exception cref="InvalidOperationException">There is no room, or no identity of these suites.</exception>
    public EstablishmentDeskStep Start(
        ulong peer, TimeSpan now, EstablishmentSuites suites = EstablishmentSuites.Suite1 | EstablishmentSuites.Suite2)
    {
        if (!TryOpen(peer, EstablishmentRole.Initiator, out Entry entry))
        {
            throw new InvalidOperationException($"{_maximumExchanges} exchanges are going on");
        }

        return Close(peer, entry, entry.Machine.Start(now, suites));
    }

    /// <summary>Takes a message of a peer.</summary>
    /// <param name="peer">The peer's EUI-64 as a number, as the network knows it.</param>
    /// <param name="message">The message.</param>
    /// <param name="now">When it came.</param>
    public EstablishmentDeskStep Receive(ulong peer, in EstablishmentMessage message, TimeSpan now)
    {
        EstablishmentRole role = message.Sender == EstablishmentRole.Initiator ? EstablishmentRole.Responder : EstablishmentRole.Initiator;
        bool isNew = role == EstablishmentRole.Responder && message.Command == EstablishmentCommand.Initiate;
        if (!isNew && !_entries.ContainsKey((peer, role)))
        {
            return new(peer, null, EstablishmentEvent.Ignored, null, NextTick());
        }

        if (!TryOpen(peer, role, out Entry entry))
        {
            EstablishmentMessage refusal = EstablishmentMachine.Refusal(_settings, role, TerminateStatus.NoResources, BusyWait);
            return new(peer, refusal, EstablishmentEvent.Ignored, null, NextTick());
        }

        return Close(peer, entry, entry.Machine.Receive(message, now));
    }

    /// <summary>Tells the time: ends one exchange whose peer is silent. Call it again while its next tick is not after the present
    /// instant.</summary>
    /// <param name="now">The present instant.</param>
    public EstablishmentDeskStep Tick(TimeSpan now)
    {
        foreach (((ulong peer, _), Entry entry) in _entries)
        {
            if (entry.Due <= now)
            {
                return Close(peer, entry, entry.Machine.Tick(now));
            }
        }

        return new(0, null, EstablishmentEvent.None, null, NextTick());
    }

    /// <summary>Gives up what goes on with a peer, as when it left; it is not told.</summary>
    /// <param name="peer">The peer's EUI-64 as a number.</param>
    public void Drop(ulong peer)
    {
        Remove((peer, EstablishmentRole.Initiator));
        Remove((peer, EstablishmentRole.Responder));
    }

    /// <summary>Erases what all exchanges hold.</summary>
    public void Dispose()
    {
        foreach (Entry entry in _entries.Values)
        {
            entry.Machine.Dispose();
        }

        _entries.Clear();
    }

    private bool TryOpen(ulong peer, EstablishmentRole role, out Entry entry)
    {
        if (_entries.TryGetValue((peer, role), out Entry? known))
        {
            entry = known;
            return true;
        }

        entry = new Entry(new EstablishmentMachine(_settings, role, peer));
        return _entries.Count < _maximumExchanges && _entries.TryAdd((peer, role), entry);
    }

    private EstablishmentDeskStep Close(ulong peer, Entry entry, in EstablishmentStep step)
    {
        EstablishmentMachine machine = entry.Machine;
        entry.Due = step.NextTick;
        EstablishmentResult? result = null;
        if (step.Event is EstablishmentEvent.Established or EstablishmentEvent.Failed)
        {
            result = new(
                machine.Role, machine.Failure, machine.Status, machine.RetryAfter, machine.LinkKey, machine.PeerCertificate);
            Remove((peer, machine.Role));
        }

        return new(peer, step.Transmit, step.Event, result, NextTick());
    }

    private void Remove((ulong Peer, EstablishmentRole Role) key)
    {
        if (_entries.Remove(key, out Entry? entry))
        {
            entry.Machine.Dispose();
        }
    }

    private TimeSpan? NextTick() => _entries.Values.Min(entry => entry.Due);

    private sealed class Entry(EstablishmentMachine machine)
    {
        public EstablishmentMachine Machine { get; } = machine;

        public TimeSpan? Due { get; set; }
    }
}
