namespace Grpc.Core;

/// <summary>What one call wants beside its request.</summary>
public readonly struct CallOptions
{
    /// <summary>Creates options; everything may be left out.</summary>
    /// <param name="headers">Metadata sent with the request.</param>
    /// <param name="deadline">When the call must have ended, UTC; null: never.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <param name="writeOptions">Options of writes.</param>
    /// <param name="propagationToken">Not supported: must be null.</param>
    /// <param name="credentials">Not supported: must be null.</param>
#pragma warning disable CA1068 // The order is the official one; generated clients depend on it.
    public CallOptions(
        Metadata? headers = null,
        DateTime? deadline = null,
        CancellationToken cancellationToken = default,
        WriteOptions? writeOptions = null,
        ContextPropagationToken? propagationToken = null,
        CallCredentials? credentials = null)
#pragma warning restore CA1068
    {
        Headers = headers;
        Deadline = deadline;
        CancellationToken = cancellationToken;
        WriteOptions = writeOptions;
        PropagationToken = propagationToken;
        Credentials = credentials;
    }

    /// <summary>Metadata sent with the request; null: none.</summary>
    public Metadata? Headers { get; private init; }

    /// <summary>When the call must have ended, UTC; null: never.</summary>
    public DateTime? Deadline { get; private init; }

    /// <summary>Cancels the call.</summary>
    public CancellationToken CancellationToken { get; private init; }

    /// <summary>Options of writes; null: none.</summary>
    public WriteOptions? WriteOptions { get; private init; }

    /// <summary>Always null here.</summary>
    public ContextPropagationToken? PropagationToken { get; private init; }

    /// <summary>Always null here.</summary>
    public CallCredentials? Credentials { get; private init; }

    /// <summary>The same options with other metadata.</summary>
    public CallOptions WithHeaders(Metadata? headers) => this with { Headers = headers };

    /// <summary>The same options with another deadline, UTC.</summary>
    public CallOptions WithDeadline(DateTime deadline) => this with { Deadline = deadline };

    /// <summary>The same options with another token.</summary>
    public CallOptions WithCancellationToken(CancellationToken cancellationToken) => this with { CancellationToken = cancellationToken };

    /// <summary>The same options with other options of writes.</summary>
    public CallOptions WithWriteOptions(WriteOptions? writeOptions) => this with { WriteOptions = writeOptions };
}
