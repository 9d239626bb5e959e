using DeviceHarness.Cli.Commands;
using DeviceHarness.Cli.Output;
using DeviceHarness.Contracts.V1;
using Grpc.Core;

namespace DeviceHarness.Cli.Client;

/// <summary>The cycles of one submission, followed to their end.</summary>
internal sealed class CycleRun
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    private readonly OrchestratorConnection _connection;
    private readonly SubmitCyclesReply _reply;
    private readonly bool _isJson;

    private CycleRun(OrchestratorConnection connection, SubmitCyclesReply reply, bool isJson)
    {
        _connection = connection;
        _reply = reply;
        _isJson = isJson;
    }

    /// <summary>What the cycles came to, in order; filled by <see cref="FollowAsync"/>.</summary>
    public List<CycleDetail> Details { get; } = [];

    /// <summary>Submits a pack.</summary>
    public static async Task<CycleRun> SubmitAsync(
        OrchestratorConnection connection, SubmitCyclesRequest request, bool isJson, CancellationToken cancellationToken)
    {
        SubmitCyclesReply reply = await connection.AskAsync(client =>
            client.SubmitCyclesAsync(request, cancellationToken: cancellationToken).ResponseAsync).ConfigureAwait(false);
        foreach (string warning in reply.Warnings)
        {
            await Console.Error.WriteLineAsync($"warning: {warning}").ConfigureAwait(false);
        }

        return new CycleRun(connection, reply, isJson);
    }

    /// <summary>A cycle that goes on.</summary>
    public static CycleRun Resumed(OrchestratorConnection connection, string cycle, bool isJson)
    {
        SubmitCyclesReply reply = new();
        reply.CycleIds.Add(cycle);
        return new CycleRun(connection, reply, isJson) { IsResumable = true };
    }

    /// <summary>Whether the orchestrator lives on when the command ends, so that a cut cycle can be resumed.</summary>
    public bool IsResumable { get; set; }

    /// <summary>Prints the ids and returns at once.</summary>
    public int WriteIds()
    {
        if (_isJson)
        {
            JsonText.Write(_reply);
        }
        else
        {
            Console.WriteLine(string.Join(Environment.NewLine, _reply.CycleIds));
        }

        return ExitCode.Passed;
    }

    /// <summary>Shows every cycle to its end and prints the summaries; when interrupted, asks the rig to stop.</summary>
    /// <returns>The exit code of the run.</returns>
    public async Task<int> FollowAsync(CancellationToken cancellationToken)
    {
        foreach (string cycle in _reply.CycleIds)
        {
            try
            {
                await WatchAsync(_connection, cycle, _isJson, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception)
                when (cancellationToken.IsCancellationRequested && exception is OperationCanceledException or RpcException)
            {
                await CancelAsync("interrupted at the command line").ConfigureAwait(false);
                throw new OperationCanceledException(cancellationToken);
            }

            CycleDetail detail = await _connection.AskAsync(client =>
                client.GetCycleAsync(new GetCycleRequest { CycleId = cycle }, cancellationToken: cancellationToken).ResponseAsync)
                .ConfigureAwait(false);
            Details.Add(detail);
            if (_isJson)
            {
                JsonText.WriteLine(detail);
            }
            else
            {
                CycleSummaryText.Write(detail);
            }
        }

        if (Details.Count > 1)
        {
            CycleComparison comparison = await CompareCommand.AskAsync(
                _connection, Details[^2].Cycle.Id, Details[^1].Cycle.Id, cancellationToken).ConfigureAwait(false);
            if (_isJson)
            {
                JsonText.WriteLine(comparison);
            }
            else
            {
                ComparisonOutput.Write(comparison);
            }
        }

        return CycleSummaryText.ExitCodeOf(Details);
    }

    /// <summary>Shows one cycle until it ends.</summary>
    /// <param name="connection">The orchestrator.</param>
    /// <param name="cycle">The cycle.</param>
    /// <param name="isJson">Whether for programs.</param>
    /// <param name="cancellationToken">Stops watching; the cycle goes on.</param>
    public static async Task WatchAsync(
        OrchestratorConnection connection, string cycle, bool isJson, CancellationToken cancellationToken)
    {
        CycleProgress progress = new(TimeProvider.System);
        CycleWait wait = new();
        using AsyncServerStreamingCall<CycleUpdate> watch = connection.Client.WatchCycle(
            new WatchCycleRequest { CycleId = cycle }, cancellationToken: cancellationToken);
        Task<bool> next = watch.ResponseStream.MoveNext(cancellationToken);
        while (true)
        {
            if (!await ComesAsync(next, cancellationToken).ConfigureAwait(false))
            {
                cancellationToken.ThrowIfCancellationRequested();
                await TellWaitAsync(connection, wait, progress, cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (!await next.ConfigureAwait(false))
            {
                return;
            }

            CycleUpdate update = watch.ResponseStream.Current;
            wait.Take(update);
            if (isJson)
            {
                JsonText.WriteLine(update);
            }
            else
            {
                progress.Show(update);
            }

            next = watch.ResponseStream.MoveNext(cancellationToken);
        }
    }

    /// <summary>Whether an update comes before it is time to look why none does.</summary>
    private static async Task<bool> ComesAsync(Task next, CancellationToken cancellationToken) =>
        next.IsCompleted
        || await Task.WhenAny(next, Task.Delay(LookInterval, TimeProvider.System, cancellationToken)).ConfigureAwait(false) == next;

    private static async Task TellWaitAsync(
        OrchestratorConnection connection, CycleWait wait, CycleProgress progress, CancellationToken cancellationToken)
    {
        if (!wait.IsOn)
        {
            return;
        }

        ListRigsReply rigs = await connection.Client.ListRigsAsync(new ListRigsRequest(), cancellationToken: cancellationToken)
            .ResponseAsync.ConfigureAwait(false);
        foreach (string line in wait.News(rigs.Rigs))
        {
            progress.Tell(line);
        }
    }

    private Task SayHowToResumeAsync(string cycle) => IsResumable
        ? Console.Error.WriteLineAsync($"harness: cycle {cycle} is stopped; 'harness cycle resume {cycle} --reason …' goes on with it")
        : Task.CompletedTask;

    private async Task CancelAsync(string reason)
    {
        // The user's token may be spent; asking the rig to stop has a deadline of its own.
        DateTime deadline = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(5);
        foreach (string cycle in _reply.CycleIds)
        {
            try
            {
                CancelCycleRequest request = new() { CycleId = cycle, Reason = reason };
                await _connection.Client.CancelCycleAsync(request, deadline: deadline).ResponseAsync.ConfigureAwait(false);
                await SayHowToResumeAsync(cycle).ConfigureAwait(false);
            }
            catch (RpcException exception)
            {
                await Console.Error.WriteLineAsync($"harness: cycle {cycle} could not be cancelled: {exception.Status.Detail}")
                    .ConfigureAwait(false);
            }
        }
    }
}
