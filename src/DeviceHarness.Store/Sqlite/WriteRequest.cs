namespace DeviceHarness.Store.Sqlite;

/// <summary>A write that waits for its group's commit.</summary>
internal abstract class WriteRequest
{
    /// <summary>Whether its caller has gone before it was begun.</summary>
    public abstract bool IsAbandoned { get; }

    /// <summary>What it does, for messages.</summary>
    public abstract string Act { get; }

    /// <summary>Runs its statements inside the open transaction.</summary>
    public abstract void Run(StatementCache statements);

    /// <summary>Tells the caller that the commit is durable.</summary>
    public abstract void Complete();

    /// <summary>Tells the caller that nothing of it was written.</summary>
    public abstract void Fail(Exception exception);
}

/// <summary>A write with a result.</summary>
internal sealed class WriteRequest<T>(string act, Func<StatementCache, T> work, CancellationToken cancellationToken) : WriteRequest
{
    private readonly TaskCompletionSource<T> _committed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    /// <summary>Ends when the commit is durable.</summary>
    public Task<T> Committed => _committed.Task;

    /// <inheritdoc/>
    public override bool IsAbandoned => cancellationToken.IsCancellationRequested;

    /// <inheritdoc/>
    public override string Act => act;

    /// <inheritdoc/>
    public override void Run(StatementCache statements) => _result = work(statements);

    /// <inheritdoc/>
    public override void Complete() => _committed.TrySetResult(_result);

    /// <inheritdoc/>
    public override void Fail(Exception exception)
    {
        if (exception is OperationCanceledException)
        {
            _committed.TrySetCanceled(cancellationToken);
        }
        else
        {
            _committed.TrySetException(exception);
        }
    }
}
