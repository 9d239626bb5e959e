namespace DeviceHarness.Codecs.Security;

/// <summary>Refuses invocation counters that one side receives with one key a second time, or out of order.</summary>
/// <remarks>
/// Spec: IEC 62056-5-3, invocation counter: only a counter above the last one is taken. A first counter of 0 is taken, since there was no
/// last one. Not thread safe.
/// </remarks>
public sealed class ReceiveCounter
{
    private uint? _beforeLast;

    /// <summary>Continues after a counter.</summary>
    /// <param name="last">The last counter taken, as the owner kept it; null when there was none.</param>
    public ReceiveCounter(uint? last = null)
    {
        Last = last;
        _beforeLast = last;
    }

    /// <summary>The last counter taken; null when there was none. The owner keeps it over restarts.</summary>
    public uint? Last { get; private set; }

    /// <summary>The lowest counter that is taken next; <see cref="SendCounter.Exhausted"/> when none is.</summary>
    public uint Expected => Last switch
    {
        null => 0,
        uint.MaxValue => uint.MaxValue,
        uint last => last + 1,
    };

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
