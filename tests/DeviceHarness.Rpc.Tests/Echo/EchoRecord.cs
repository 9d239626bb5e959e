using System.Threading.Channels;

namespace DeviceHarness.Rpc.Tests.Echo;

/// <summary>What the echo service has seen, for tests that wait for it.</summary>
public sealed class EchoRecord
{
    private readonly Channel<string> _events = Channel.CreateUnbounded<string>();
    private int _begun;
    private int _cancelled;

    /// <summary>How many handlers have begun.</summary>
    public int Begun => Volatile.Read(ref _begun);

    /// <summary>How many calls were cancelled.</summary>
    public int Cancelled => Volatile.Read(ref _cancelled);

    /// <summary>A handler has begun.</summary>
    public void Begin(string method)
    {
        Interlocked.Increment(ref _begun);
        _events.Writer.TryWrite($"begin {method}");
    }

    /// <summary>A handler waits for its end.</summary>
    public void Hang(string method) => _events.Writer.TryWrite($"hang {method}");

    /// <summary>A handler has seen its call cancelled.</summary>
    public void Cancel(string method)
    {
        Interlocked.Increment(ref _cancelled);
        _events.Writer.TryWrite($"cancel {method}");
    }

    /// <summary>Waits for an event, dropping those before it.</summary>
    public async Task WaitForAsync(string wanted)
    {
        while (await _events.Reader.ReadAsync() != wanted)
        {
        }
    }
}
