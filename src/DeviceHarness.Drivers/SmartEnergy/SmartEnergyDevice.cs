using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Han;

namespace DeviceHarness.Drivers.SmartEnergy;

/// <summary>One device on the network: its attributes and commands, and how long it took.</summary>
/// <param name="options">Device, profile and network.</param>
/// <param name="cluster">What its endpoint serves.</param>
internal class SmartEnergyDevice(SmartEnergyOptions options, Cluster cluster)
{
    private const ushort SoftwareBuild = 0x4000;
    private const ushort CurrentFileVersion = 0x0002;
    private const int BuildCharacters = 16;

    private readonly HanNetwork _network = options.Network;
    private readonly ZclOptions _terms = new()
    {
        ResponseTimeout = options.Profile.ResponseTimeout,
        WakeInterval = options.Profile.WakeInterval,
    };

    private HanTarget? _target;

    /// <summary>Its model.</summary>
    internal SmartEnergyProfile Profile => options.Profile;

    /// <summary>Its EUI-64.</summary>
    internal ulong Eui64 => options.Eui64;

    /// <summary>Its name and the adapter's port, for messages.</summary>
    internal string Name => $"{options.Network.Port}: {options.Id}";

    /// <summary>The present moment, for commands.</summary>
    internal DateTimeOffset Now => (options.Calendar ?? options.TimeProvider).GetUtcNow();

    /// <summary>How many requests it answered since <see cref="Restart"/>.</summary>
    internal int Exchanges { get; private set; }

    /// <summary>How long requests took since <see cref="Restart"/>, waiting for its wakes included.</summary>
    internal TimeSpan Taken { get; private set; }

    /// <summary>Whether its endpoint is known.</summary>
    internal virtual bool IsFound => _target is not null;

    /// <summary>Counts anew.</summary>
    internal void Restart()
    {
        Exchanges = 0;
        Taken = TimeSpan.Zero;
    }

    /// <summary>Finds its short address and its endpoint.</summary>
    /// <exception cref="Abstractions.Errors.HarnessException">It is not in the network, or does not answer.</exception>
    internal virtual async Task FindAsync(CancellationToken cancellationToken)
    {
        HanNode node = await _network.FindAsync(options.Eui64, cancellationToken).ConfigureAwait(false)
            ?? throw HanFaults.UnknownNode(_network.Port, options.Eui64);
        if (Profile.WakeInterval is not null)
        {
            node = _network.Suppose(options.Eui64, HanNodeKind.SleepyEndDevice) ?? node;
        }

        byte? endpoint = Profile.Endpoint ?? node.EndpointServing(cluster.Id);
        if (endpoint is null)
        {
            node = await _network.Zdo.InterviewAsync(options.Eui64, cancellationToken).ConfigureAwait(false);
            endpoint = node.EndpointServing(cluster.Id);
        }

        _target = new(options.Eui64, endpoint ?? throw HanFaults.Unfit(
            Name, $"no endpoint serves {cluster.Name}; it has {string.Join(", ", node.Endpoints.Select(found => found.Number))}", default));
    }

    /// <summary>Forgets what it was found as: the next request looks for it anew.</summary>
    internal void Forget() => _target = null;

    /// <summary>Reads attributes of a server on the device.</summary>
    /// <returns>The values that there are; an attribute that the device does not have, or has no value for, is left out.</returns>
    /// <exception cref="Abstractions.Errors.HarnessException">As <see cref="ZclClient.ReadAsync"/>; and DeviceRefusedException for any
    /// status but that the attribute is not there.</exception>
    internal async Task<AttributeValues> ReadAsync(Cluster of, CancellationToken cancellationToken, params ushort[] attributes)
    {
        IReadOnlyList<AttributeResult> results = await ReadResultsAsync(of, cancellationToken, attributes).ConfigureAwait(false);
        return new AttributeValues($"{Name}: {of.Name}", results);
    }

    /// <summary>Reads attributes of a server on the device, whatever their statuses are.</summary>
    internal Task<IReadOnlyList<AttributeResult>> ReadResultsAsync(
        Cluster of, CancellationToken cancellationToken, params ushort[] attributes) => TimedAsync(() => _network.Zcl.ReadAsync(
            Target, of.Id, attributes, cancellationToken, _terms));

    /// <summary>Reads attributes that the device holds as a client, as an OTA client does.</summary>
    internal async Task<AttributeValues> ReadClientAsync(Cluster of, CancellationToken cancellationToken, params ushort[] attributes)
    {
        IReadOnlyList<AttributeResult> results = await TimedAsync(() => _network.Zcl.ReadAsync(
            Target, of.Id, attributes, cancellationToken, _terms with { From = ZclSide.Server })).ConfigureAwait(false);
        return new AttributeValues($"{Name}: {of.Name}", results);
    }

    /// <summary>Reads the version of its firmware, where its profile says that it tells it.</summary>
    /// <returns>The version; null when it is an empty text.</returns>
    internal async Task<string?> ReadFirmwareVersionAsync(CancellationToken cancellationToken)
    {
        if (Profile.FirmwareVersion == FirmwareVersionSource.OtaFileVersion)
        {
            AttributeValues client = await ReadClientAsync(ClusterCatalogue.OtaUpgrade, cancellationToken, CurrentFileVersion)
                .ConfigureAwait(false);
            _ = client.Require(CurrentFileVersion);
            return client.Number(CurrentFileVersion)?.ToString("X8", null);
        }

        AttributeValues values = await ReadAsync(ClusterCatalogue.Basic, cancellationToken, SoftwareBuild).ConfigureAwait(false);
        _ = values.Require(SoftwareBuild);
        return values.Text(SoftwareBuild, BuildCharacters);
    }

    /// <summary>Writes an attribute of a server on the device. A write whose answer is lost is not repeated.</summary>
    /// <exception cref="Abstractions.Errors.HarnessException">As <see cref="ZclClient.WriteAsync"/>; and DeviceRefusedException when the
    /// device does not take the value.</exception>
    internal async Task WriteAsync(Cluster of, ushort attribute, ZclData value, CancellationToken cancellationToken)
    {
        IReadOnlyList<AttributeResult> refused = await TimedAsync(() => _network.Zcl.WriteAsync(
            Target, of.Id, [new(attribute, value)], cancellationToken, options: _terms)).ConfigureAwait(false);
        if (refused.Count > 0)
        {
            throw HanFaults.Refused($"{Name}: {of.Name}: attribute {attribute:X4}", refused[0].Status);
        }
    }

    /// <summary>Sends a command that no command of the device answers, and waits for its success by default.</summary>
    internal async Task OrderAsync(ClusterCommand command, MessageContent content, CancellationToken cancellationToken) =>
        await TimedAsync(() => _network.Zcl.ExchangeAsync(
            Request(command, content, null) with { IsAnsweredByStatus = true }, cancellationToken)).ConfigureAwait(false);

    /// <summary>Sends a command, and waits for its answer: a command of the device, or success by default.</summary>
    /// <param name="command">The command.</param>
    /// <param name="content">Its fields.</param>
    /// <param name="answeredBy">The device's command that answers it; null for any, or success by default.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async Task<ZclReply> CommandAsync(
        ClusterCommand command, MessageContent content, ClusterCommand? answeredBy, CancellationToken cancellationToken) =>
        await TimedAsync(() => _network.Zcl.ExchangeAsync(Request(command, content, answeredBy), cancellationToken))
            .ConfigureAwait(false);

    /// <summary>Sends a command that several commands answer.</summary>
    internal async Task<IReadOnlyList<ZclReply>> CollectAsync(
        ClusterCommand command, MessageContent content, ClusterCommand answeredBy, Func<ZclReply, bool> isLast,
        CancellationToken cancellationToken) => await TimedAsync(() => _network.Zcl.CollectAsync(
            Request(command, content, answeredBy) with { IsRepeatable = true }, isLast, cancellationToken)).ConfigureAwait(false);

    /// <summary>Sends a ZDO request and waits for its response.</summary>
    /// <exception cref="Abstractions.Errors.HarnessException">As <see cref="ZdoClient.AskAsync"/>.</exception>
    internal Task<MessageContent> AskAsync(
        ushort request, Action<MessageContent, ushort> fill, CancellationToken cancellationToken) => TimedAsync(
        () => _network.Zdo.AskAsync(options.Eui64, request, fill, cancellationToken, Profile.WakeInterval));

    /// <summary>Whether the device answers at all.</summary>
    internal virtual async Task<bool> ProbeAsync(CancellationToken cancellationToken)
    {
        const ushort NodeDescriptor = 0x0002;
        try
        {
            _ = await _network.FindAsync(options.Eui64, cancellationToken).ConfigureAwait(false);
            await _network.Zdo.AskAsync(
                options.Eui64, NodeDescriptor, static (_, _) => { }, cancellationToken, Profile.WakeInterval).ConfigureAwait(false);
            return true;
        }
        catch (Abstractions.Errors.HarnessException failed)
            when (failed is not (Abstractions.Errors.AdapterException or Abstractions.Errors.TransportException))
        {
            return failed is Abstractions.Errors.DeviceRefusedException or Abstractions.Errors.RemoteProtocolException;
        }
    }

    /// <summary>The device and its endpoint.</summary>
    /// <exception cref="InvalidOperationException">It was not found yet.</exception>
    internal HanTarget Target => _target ?? throw new InvalidOperationException("the device was not found yet");

    private ZclRequest Request(ClusterCommand command, MessageContent content, ClusterCommand? answeredBy) =>
        _terms.Apply(ZclRequest.Of(Target, command, content, Profile.Level)) with { AnsweredBy = answeredBy?.Id };

    private async Task<T> TimedAsync<T>(Func<Task<T>> act)
    {
        long started = options.TimeProvider.GetTimestamp();
        try
        {
            T done = await act().ConfigureAwait(false);
            Exchanges++;
            return done;
        }
        finally
        {
            Taken += options.TimeProvider.GetElapsedTime(started);
        }
    }
}
