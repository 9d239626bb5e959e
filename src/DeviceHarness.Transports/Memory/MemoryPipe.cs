namespace DeviceHarness.Transports.Memory;

/// <summary>One direction of a line in memory: a bounded queue of octets and a signal for each change of it.</summary>
internal sealed class MemoryPipe
{
    /// <summary>The octets held at most; a writer waits for room.</summary>
    internal const int CapacityOctets = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly byte[] _octets = new byte[CapacityOctets];
    private int _head;
    private int _count;
    private TaskCompletionSource _changed = New();

    /// <summary>Why the line is broken; null while it works.</summary>
    internal string? Broken { get; private set; }

    /// <summary>Takes what is there; otherwise tells what to wait for.</summary>
    internal int Read(Span<byte> target, out Task changed)
    {
        lock (_gate)
        {
            int count = Math.Min(target.Length, _count);
            for (int index = 0; index < count; index++)
            {
                target[index] = _octets[(_head + index) % CapacityOctets];
            }

            _head = (_head + count) % CapacityOctets;
            _count -= count;
            changed = count > 0 ? Change() : _changed.Task;
            return count;
        }
    }

    /// <summary>Puts in what there is room for; tells what to wait for when that is nothing.</summary>
    internal int Write(ReadOnlySpan<byte> source, out Task changed)
    {
        lock (_gate)
        {
            int count = Math.Min(source.Length, CapacityOctets - _count);
            for (int index = 0; index < count; index++)
            {
                _octets[(_head + _count + index) % CapacityOctets] = source[index];
            }

            _count += count;
            changed = count > 0 ? Change() : _changed.Task;
            return count;
        }
    }

    internal void Clear()
    {
        lock (_gate)
        {
            _count = 0;
            _ = Change();
        }
    }

    internal void Break(string reason)
    {
        lock (_gate)
        {
            Broken ??= reason;
            _ = Change();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task Change()
    {
        TaskCompletionSource changed = _changed;
        _changed = New();
        changed.SetResult();
        return changed.Task;
    }
}
