using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace DeviceHarness.Store.Sqlite;

/// <summary>The only writer: drains a bounded queue and commits what waits in one transaction.</summary>
/// <remarks>While one group is being committed the next one gathers, so no timer is needed: a lone write is committed at once, a flood in
/// groups of
/// <see cref="GroupLimit"/>. Each write has a savepoint: one that fails takes nothing with it.</remarks>
internal sealed class SqliteWriter : IAsyncDisposable
{
    /// <summary>The most writes in one commit.</summary>
    public const int GroupLimit = 100;

    /// <summary>The most writes that may wait; then callers wait to enqueue.</summary>
    public const int QueueLimit = 1024;

    private readonly Channel<WriteRequest> _queue = Channel.CreateBounded<WriteRequest>(
        new BoundedChannelOptions(QueueLimit) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly SqliteConnection _connection;
    private readonly StatementCache _statements;
    private readonly string _file;
    private readonly Task _loop;

    /// <summary>Starts the writer.</summary>
    /// <param name="connection">Its own connection; the writer disposes of it.</param>
    /// <param name="file">The file, for messages.</param>
    public SqliteWriter(SqliteConnection connection, string file)
    {
        _connection = connection;
        _statements = new StatementCache(connection);
        _file = file;
        _loop = Task.Run(DrainAsync);
    }

    /// <summary>How many groups were committed.</summary>
    public long CommittedGroups { get; private set; }

    /// <summary>Runs a write and waits for its commit.</summary>
    /// <remarks>A caller that cancels while its write is being committed cannot know whether it was made.</remarks>
    public async Task<T> WriteAsync<T>(string act, Func<StatementCache, T> work, CancellationToken cancellationToken)
    {
        WriteRequest<T> request = new(act, work, cancellationToken);
        try
        {
            await _queue.Writer.WriteAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(SqliteHarnessStore));
        }

        return await request.Committed.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Commits what waits and closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_queue.Writer.TryComplete())
        {
            await _loop.ConfigureAwait(false);
            _statements.Dispose();
            await _connection.DisposeAsync().ConfigureAwait(false);
        }
        else
        {
            await _loop.ConfigureAwait(false);
        }
    }

    private async Task DrainAsync()
    {
        List<WriteRequest> group = new(GroupLimit);
        try
        {
            while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                while (group.Count < GroupLimit && _queue.Reader.TryRead(out WriteRequest? request))
                {
                    group.Add(request);
                }

                CommitGroup(group);
                group.Clear();
            }
        }
        finally
        {
            // Reached with work left only by a fault of our own, which the loop's task carries: no caller may wait for ever.
            _queue.Writer.TryComplete();
            while (_queue.Reader.TryRead(out WriteRequest? request))
            {
                group.Add(request);
            }

            group.ForEach(request => request.Fail(new ObjectDisposedException(nameof(SqliteHarnessStore))));
        }
    }

    private void CommitGroup(List<WriteRequest> group)
    {
        List<WriteRequest> written = new(group.Count);
        try
        {
            _statements.Execute("BEGIN IMMEDIATE");
            foreach (WriteRequest request in group)
            {
                RunOne(request, written);
            }

            _statements.Execute("COMMIT");
            CommittedGroups++;
        }
        catch (SqliteException exception)
        {
            AbandonGroup(group, exception);
            return;
        }

        foreach (WriteRequest request in written)
        {
            request.Complete();
        }
    }

    private void RunOne(WriteRequest request, List<WriteRequest> written)
    {
        if (request.IsAbandoned)
        {
            request.Fail(new OperationCanceledException());
            return;
        }

        _statements.Execute("SAVEPOINT one");
        try
        {
            request.Run(_statements);
            _statements.Execute("RELEASE one");
            written.Add(request);
        }
        catch (SqliteException exception) when (_statements.InTransaction)
        {
            UndoOne();
            request.Fail(SqliteFault.Translate(exception, request.Act, _file));
        }
        catch (Exception exception) when (exception is StoreException or ArgumentException or JsonException)
        {
            UndoOne();
            request.Fail(exception);
        }
    }

    private void UndoOne()
    {
        _statements.Execute("ROLLBACK TO one");
        _statements.Execute("RELEASE one");
    }

    // The medium failed: nothing of the group is written, and every caller is told so.
    private void AbandonGroup(List<WriteRequest> group, SqliteException exception)
    {
        if (_statements.InTransaction)
        {
            _statements.Execute("ROLLBACK");
        }

        foreach (WriteRequest request in group)
        {
            request.Fail(SqliteFault.Translate(exception, request.Act, _file));
        }
    }
}
