namespace DeviceHarness.Codecs.Security;

/// <summary>Gives the invocation counters that one side sends with one key: each once, ascending, also over restarts.</summary>
/// <remarks>
/// Spec: IEC 62056-5-3, invocation counter: 32 bits for each key and direction. FFFFFFFF is never sent: it means that the key must be
/// changed. Not thread safe.
/// </remarks>
public sealed class SendCounter
{
    /// <summary>How many counters are reserved at a time, when not told otherwise.</summary>
    public const uint DefaultReservation = 256;

    /// <summary>The counter that says that there are no more.</summary>
    public const uint Exhausted = uint.MaxValue;

    private readonly IInvocationCounterStore _store;
    private readonly uint _reservation;
    private uint _reservedEnd;

    /// <summary>Continues where the store says.</summary>
    /// <param name="firstFree">The first counter that was surely not used, as saved last; 0 with a new key.</param>
    /// <param name="store">Asked before a counter is used.</param>
    /// <param name="reservation">How many counters to reserve at a time; at least 1.</param>
    public SendCounter(uint firstFree, IInvocationCounterStore store, uint reservation = DefaultReservation)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentOutOfRangeException.ThrowIfZero(reservation);
        _store = store;
        _reservation = reservation;
        _reservedEnd = firstFree;
        Next = firstFree;
    }

    /// <summary>The counter that is given next; <see cref="Exhausted"/> when there is none.</summary>
    public uint Next { get; private set; }

    /// <summary>Gives a counter. What the store throws passes through, and then no counter was given.</summary>
    /// <param name="counter">The counter; never given again.</param>
    /// <returns>False when there are no more: the key must be changed.</returns>
    public bool TryTake(out uint counter)
    {
        counter = Next;
        if (counter == Exhausted)
        {
            return false;
        }

        if (counter >= _reservedEnd)
        {
            Reserve(counter);
        }

        Next = counter + 1;
        return true;
    }

    /// <summary>Skips to what the receiver says it expects, so that its count and ours agree again; never back.</summary>
    /// <param name="expected">The next counter that the receiver takes.</param>
    /// <returns>False when <see cref="Next"/> is that high already: the counter was not the reason.</returns>
    public bool TryRaiseTo(uint expected)
    {
        bool isHigher = expected > Next;
        if (isHigher)
        {
            Next = expected;
        }

        return isHigher;
    }

    private void Reserve(uint counter)
    {
        uint end = counter > Exhausted - _reservation ? Exhausted : counter + _reservation;
        _store.Save(end);
        _reservedEnd = end;
    }
}
