using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeviceHarness.TestKit;

namespace DeviceHarness.Interop.Tests.Grpc;

/// <summary>A client of another implementation that makes the calls it is told to.</summary>
public sealed class PeerClient : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonNode>> _waiting = new();
    private readonly PeerProcess _process;
    private int _lastId;

    private PeerClient(PeerProcess process)
    {
        _process = process;
        _ = ReadAnswersAsync();
    }

    /// <summary>Starts the peer.</summary>
    /// <typeparam name="TLanguage">Its implementation.</typeparam>
    public static async Task<PeerClient> StartAsync<TLanguage>()
        where TLanguage : IPeerLanguage
    {
        PeerProcess process = await PeerProcess.StartAsync<TLanguage>("client");
        await process.ReadLineAsync().DefaultTimeout();
        return new PeerClient(process);
    }

    /// <summary>Makes a call and gives what the peer saw of it.</summary>
    public async Task<JsonNode> RunAsync(JsonObject command) => await (await BeginAsync(command)).Answer.DefaultTimeout();

    /// <summary>Begins a call.</summary>
    /// <returns>Its number, for <see cref="CancelAsync"/>, and what the peer will have seen of it.</returns>
    public async Task<(string Id, Task<JsonNode> Answer)> BeginAsync(JsonObject command)
    {
        string id = Interlocked.Increment(ref _lastId).ToString(System.Globalization.CultureInfo.InvariantCulture);
        TaskCompletionSource<JsonNode> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = answer;
        command["id"] = id;
        await _process.WriteLineAsync(command.ToJsonString());
        return (id, answer.Task);
    }

    /// <summary>Cancels a call that was begun.</summary>
    public Task CancelAsync(string id) =>
        _process.WriteLineAsync(new JsonObject { ["op"] = "cancel", ["target"] = id }.ToJsonString());

    /// <summary>Ends the peer without a farewell.</summary>
    public Task KillAsync() => _process.KillAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private async Task ReadAnswersAsync()
    {
        try
        {
            while (true)
            {
                JsonNode answer = JsonNode.Parse(await _process.ReadLineAsync())!;
                _waiting[answer["id"]!.GetValue<string>()].SetResult(answer);
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException or JsonException)
        {
            foreach (TaskCompletionSource<JsonNode> answer in _waiting.Values)
            {
                answer.TrySetException(exception);
            }
        }
    }
}
