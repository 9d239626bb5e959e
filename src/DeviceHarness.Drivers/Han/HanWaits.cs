using System.Threading.Channels;

namespace DeviceHarness.Drivers.Han;

/// <summary>The requests that wait for their answers.</summary>
/// <typeparam name="TKey">What an answer has in common with its request.</typeparam>
/// <typeparam name="TAnswer">An answer.</typeparam>
internal sealed class HanWaits<TKey, TAnswer>
    where TKey : notnull
{
    /// <summary>The most answers to one request that wait to be taken: what comes beyond it is told as unasked.</summary>
    internal const int MaximumAnswers = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, HanWait<TKey, TAnswer>> _waiting = [];

    /// <summary>Begins to wait; null when a request of that key waits already.</summary>
    internal HanWait<TKey, TAnswer>? TryBegin(TKey key, Func<TAnswer, bool> fits)
    {
        lock (_gate)
        {
            if (_waiting.ContainsKey(key))
            {
                return null;
            }

            HanWait<TKey, TAnswer> wait = new(this, key, fits);
            _waiting.Add(key, wait);
            return wait;
        }
    }

    /// <summary>Gives an answer to the request that waits for it; false when none does.</summary>
    internal bool TryAnswer(TKey key, TAnswer answer)
    {
        lock (_gate)
        {
            return _waiting.TryGetValue(key, out HanWait<TKey, TAnswer>? wait) && wait.Fits(answer)
                && wait.Channel.Writer.TryWrite(answer);
        }
    }

    /// <summary>The request that has this key, if any, is told something beside an answer.</summary>
    internal void Note(TKey key, TAnswer answer)
    {
        lock (_gate)
        {
            if (_waiting.TryGetValue(key, out HanWait<TKey, TAnswer>? wait))
            {
                wait.Noted = answer;
            }
        }
    }

    /// <summary>No answer comes any more.</summary>
    internal void Fail(Exception reason)
    {
        lock (_gate)
        {
            foreach (HanWait<TKey, TAnswer> wait in _waiting.Values)
            {
                wait.Channel.Writer.TryComplete(reason);
            }
        }
    }

    internal void End(TKey key)
    {
        lock (_gate)
        {
            _waiting.Remove(key);
        }
    }
}

/// <summary>One request that waits for its answers.</summary>
internal sealed class HanWait<TKey, TAnswer>(HanWaits<TKey, TAnswer> owner, TKey key, Func<TAnswer, bool> fits) : IDisposable
    where TKey : notnull
{
    internal Channel<TAnswer> Channel { get; } = System.Threading.Channels.Channel.CreateBounded<TAnswer>(
        new BoundedChannelOptions(HanWaits<TKey, TAnswer>.MaximumAnswers) { FullMode = BoundedChannelFullMode.Wait });

    /// <summary>What came for the request and was not taken as an answer; null when nothing did.</summary>
    internal TAnswer? Noted { get; set; }

    internal bool Fits(TAnswer answer) => fits(answer);

    /// <summary>Whether an answer is there already.</summary>
    internal bool TryTake(out TAnswer? answer) => Channel.Reader.TryRead(out answer);

    /// <summary>Waits for the next answer; false when none came in time.</summary>
    internal async Task<(bool IsThere, TAnswer? Answer)> NextAsync(
        TimeSpan limit, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        using CancellationTokenSource late = new(limit, timeProvider);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return (true, await Channel.Reader.ReadAsync(either.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return (false, default);
        }
        catch (ChannelClosedException closed) when (closed.InnerException is Abstractions.Errors.HarnessException reason)
        {
            throw reason;
        }
    }

    public void Dispose() => owner.End(key);
}
