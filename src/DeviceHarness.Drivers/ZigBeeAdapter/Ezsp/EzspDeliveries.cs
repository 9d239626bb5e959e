using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Ezsp.Messages;

namespace DeviceHarness.Drivers.ZigBeeAdapter.Ezsp;

/// <summary>The messages of which the adapter has not said yet what came of them, by the tag that it gives back.</summary>
internal sealed class EzspDeliveries
{
    /// <summary>The most messages at once: a tag has one octet before version 14, and 0 is not used.</summary>
    internal const int MaximumMessages = byte.MaxValue;

    private readonly Lock _gate = new();
    private readonly Dictionary<ushort, TaskCompletionSource<MessageSent>> _waiting = [];
    private ushort _last;

    /// <summary>How many wait.</summary>
    internal int Count
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Takes a tag; false when all are taken.</summary>
    internal bool TryBegin(out ushort tag, out Task<MessageSent> sent)
    {
        lock (_gate)
        {
            tag = _last;
            sent = Task.FromResult<MessageSent>(default);
            for (int tries = 0; tries < MaximumMessages; tries++)
            {
                tag = (ushort)((tag % MaximumMessages) + 1);
                if (!_waiting.ContainsKey(tag))
                {
                    TaskCompletionSource<MessageSent> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
                    _waiting.Add(tag, completion);
                    _last = tag;
                    sent = completion.Task;
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Gives a tag back.</summary>
    internal void End(ushort tag)
    {
        lock (_gate)
        {
            _waiting.Remove(tag);
        }
    }

    /// <summary>The adapter says what came of a message.</summary>
    internal void Sent(in MessageSent message)
    {
        lock (_gate)
        {
            if (_waiting.TryGetValue(message.Tag, out TaskCompletionSource<MessageSent>? completion))
            {
                completion.TrySetResult(message);
            }
        }
    }

    /// <summary>The adapter is lost: nobody will say any more.</summary>
    internal void Fail(HarnessException reason)
    {
        lock (_gate)
        {
            foreach (TaskCompletionSource<MessageSent> completion in _waiting.Values)
            {
                completion.TrySetException(reason);
            }
        }
    }
}
