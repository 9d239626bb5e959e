namespace DeviceHarness.Codecs.Security;

/// <summary>Refuses invocation counters that one side receives with one key a second time, or out of order.</summary>
/// <remarks>
/// Spec: IEC 62056-5-3, invocation counter: only a counter above the last one is taken. A first counter of 0 is taken, since there was no
/// last one. Not thread safe.
/// </remarks>
public sealed class ReceiveCounter
{
    private readonly IReceivedCounterStore? _store;
    private SystemTitle? _sender;
    private uint? _beforeLast;

    /// <summary>Continues after a counter.</summary>
    /// <param name="last">The last counter taken, as the owner kept it; null when there was none.</param>
    public ReceiveCounter(uint? last = null)
    {
        Last = last;
        _beforeLast = last;
    }

    /// <summary>Continues, for each sender, after what a store kept of it.</summary>
    /// <param name="store">Is told each counter that is taken. What it throws passes through, and the counter is taken all the
    /// same.</param>
    public ReceiveCounter(IReceivedCounterStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
    }

    /// <summary>The last counter taken; null when there was none. The store keeps it over restarts; without one the owner may.</summary>
    public uint? Last { get; private set; }

    /// <summary>The lowest counter that is taken next; <see cref="SendCounter.Exhausted"/> when none is.</summary>
    public uint Expected => Last switch
    {
        null => 0,
        uint.MaxValue => uint.MaxValue,
        uint last => last + 1,
    };

    /// <summary>What follows is said to be of a sender: where there is a store, its own counter goes on.</summary>
    /// <param name="sender">The sender that an APDU names; it need not be true yet.</param>
    public void Heed(SystemTitle sender)
    {
        if (_store is not null && _sender != sender)
        {
            _sender = sender;
            Last = _store.LastOf(sender);
            _beforeLast = Last;
        }
    }

    /// <summary>Says whether a counter would be taken, and takes it not yet: the tag must be right first.</summary>
    /// <param name="counter">The counter received.</param>
    /// <param name="fault">Repeated, lowered or exhausted, with the counter expected.</param>
    public bool TryCheck(uint counter, out SecurityFault fault)
    {
        SecurityFaultKind kind = counter switch
        {
            SendCounter.Exhausted => SecurityFaultKind.CounterExhausted,
            _ when Last is not uint last || counter > last => SecurityFaultKind.None,
            _ when counter == Last => SecurityFaultKind.CounterRepeated,
            _ => SecurityFaultKind.CounterLowered,
        };
        fault = kind == SecurityFaultKind.None ? SecurityFault.None : new(kind, Expected, counter);
        return kind == SecurityFaultKind.None;
    }

    /// <summary>Takes a counter whose tag was right.</summary>
    /// <param name="counter">The counter received.</param>
    public void Accept(uint counter)
    {
        _beforeLast = Last;
        Last = Last is uint last ? Math.Max(last, counter) : counter;
        if (_sender is SystemTitle sender && _beforeLast != Last)
        {
            _store?.Save(sender, Last.Value);
        }
    }

    /// <summary>
    /// Says whether the counter inside a proof would be taken. The sender took it before the counter of the APDU around it, so it may be
    /// below <see cref="Last"/>, but not the same, and not below the one before.
    /// </summary>
    /// <param name="counter">The counter inside the proof.</param>
    /// <param name="fault">Repeated, lowered or exhausted, with the counter expected.</param>
    public bool TryCheckInner(uint counter, out SecurityFault fault)
    {
        bool isBetween = (_beforeLast is not uint floor || counter > floor) && counter < Last;
        fault = SecurityFault.None;
        return isBetween || TryCheck(counter, out fault);
    }

    /// <summary>Takes the counter inside a proof that was right; no other is taken below <see cref="Last"/> until the next APDU.</summary>
    /// <param name="counter">The counter inside the proof.</param>
    public void AcceptInner(uint counter)
    {
        Accept(counter);
        _beforeLast = Last;
    }
}
