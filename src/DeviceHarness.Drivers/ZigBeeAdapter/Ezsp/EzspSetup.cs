using System.Buffers.Binary;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Ezsp.Messages;

namespace DeviceHarness.Drivers.ZigBeeAdapter.Ezsp;

/// <summary>What an adapter is told after every reset, before it is in a network.</summary>
/// <remarks>
/// Source: the order in which a host in wide use starts an adapter, as this harness's ZigBee guide 4.6 sums it up, with the endpoints,
/// policies and table sizes of Smart Energy. What a firmware does not take is noted: none of it is worth more than the adapter's service.
/// Not in the guide and from general knowledge: decision 31 tells polls of children, and before version 8 the trust centre policy is a
/// number, 1 for devices whose key is known.
/// </remarks>
internal sealed class EzspSetup(EzspSession session)
{
    private const ushort IndirectTimeoutMs = 7680;
    private const ushort MaximumHops = 30;
    private const ushort ProStackProfile = 2;
    private const ushort EncryptedAndChecked = 5;
    private const ushort MaximumChildren = 32;
    private const ushort ChildTimeout256Minutes = 8;
    private const ushort TransientKeySeconds = 300;
    private const ushort SpareKeys = 2;
    private const byte CheckBindings = 0x12;
    private const byte TagOnly = 0x40;
    private const byte TellPolls = 0x31;
    private const byte DenyTrustCenterKeys = 0x50;
    private const byte DenyApplicationKeys = 0x60;
    private const byte FirstWithDecisionBits = 8;
    private const byte KnownKeysOnly = 0x01;
    private const int VersionInfoOctets = 7;

    private readonly List<string> _notes = [];

    /// <summary>What the adapter did not take.</summary>
    internal IReadOnlyList<string> Notes => _notes;

    /// <summary>How many link keys the adapter is asked to have room for.</summary>
    internal static ushort KeyTableSize(ZigBeeAdapterSettings settings) => (ushort)Math.Min(settings.Devices + SpareKeys, byte.MaxValue);

    /// <summary>Configuration, policies and endpoints.</summary>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        ZigBeeAdapterSettings settings = session.Settings;
        (EzspConfigurationId Id, ushort Value)[] configuration =
        [
            (EzspConfigurationId.TrustCenterAddressCacheSize, 2),
            (EzspConfigurationId.IndirectTransmissionTimeout, IndirectTimeoutMs),
            (EzspConfigurationId.MaxHops, MaximumHops),
            (EzspConfigurationId.SupportedNetworks, 1),
            (EzspConfigurationId.StackProfile, ProStackProfile),
            (EzspConfigurationId.SecurityLevel, EncryptedAndChecked),
            (EzspConfigurationId.MaxEndDeviceChildren, MaximumChildren),
            (EzspConfigurationId.EndDevicePollTimeout, ChildTimeout256Minutes),
            (EzspConfigurationId.TransientKeyTimeout, TransientKeySeconds),
            (EzspConfigurationId.KeyTableSize, KeyTableSize(settings)),
            (EzspConfigurationId.FragmentWindowSize, EzspFragments.Window),
        ];
        foreach ((EzspConfigurationId id, ushort value) in configuration)
        {
            await TryAsync($"{id} {value}", ct => SetAsync(id, value, ct), cancellationToken).ConfigureAwait(false);
        }

        await TryAsync("the manufacturer code", SetManufacturerAsync, cancellationToken).ConfigureAwait(false);
        await DecideAsync(EzspPolicyId.BindingModification, CheckBindings, cancellationToken).ConfigureAwait(false);
        await DecideAsync(EzspPolicyId.MessageContentsInCallback, TagOnly, cancellationToken).ConfigureAwait(false);
        await DecideAsync(EzspPolicyId.PollHandler, TellPolls, cancellationToken).ConfigureAwait(false);
        await DecideAsync(EzspPolicyId.TcKeyRequest, DenyTrustCenterKeys, cancellationToken).ConfigureAwait(false);
        await DecideAsync(EzspPolicyId.AppKeyRequest, DenyApplicationKeys, cancellationToken).ConfigureAwait(false);
        await SetTrustCenterAsync(allowsUnsecuredRejoins: true, cancellationToken).ConfigureAwait(false);
        foreach (ZigBeeEndpoint endpoint in settings.Endpoints)
        {
            await TryAsync($"endpoint {endpoint.Number}", ct => AddAsync(endpoint, ct), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Who may join: devices whose install code is known; and, when told so, who lost the network key.</summary>
    internal Task SetTrustCenterAsync(bool allowsUnsecuredRejoins, CancellationToken cancellationToken)
    {
        EzspTrustCenterDecision decision = EzspTrustCenterDecision.AllowJoins | EzspTrustCenterDecision.JoinsUseInstallCodeKey;
        decision |= allowsUnsecuredRejoins ? EzspTrustCenterDecision.AllowUnsecuredRejoins : EzspTrustCenterDecision.None;
        byte octet = session.Client.Version.Number < FirstWithDecisionBits ? KnownKeysOnly : (byte)decision;
        return DecideAsync(EzspPolicyId.TrustCenter, octet, cancellationToken);
    }

    /// <summary>The version of the firmware; that of the stack when it does not tell.</summary>
    internal async Task<string> ReadFirmwareAsync(EzspIdentity identity, CancellationToken cancellationToken)
    {
        string firmware = identity.StackText;
        await TryAsync("to tell its version", ReadAsync, cancellationToken).ConfigureAwait(false);
        return firmware;

        async ValueTask<EzspStatusCode> ReadAsync(CancellationToken ct)
        {
            ValueResponse answer = await session.AskAsync(
                EzspCommands.GetValue, new OctetParameter((byte)EzspValueId.VersionInfo), ct).ConfigureAwait(false);
            if (answer.Status.IsSuccess && answer.Value.Length >= VersionInfoOctets)
            {
                ReadOnlySpan<byte> info = answer.Value.Span;
                ushort build = BinaryPrimitives.ReadUInt16LittleEndian(info);
                firmware = $"EmberZNet {info[2]}.{info[3]}.{info[4]}.{info[5]} build {build}";
            }

            return answer.Status;
        }
    }

    private Task DecideAsync(EzspPolicyId policy, byte decision, CancellationToken cancellationToken) =>
        TryAsync(
            $"policy {policy} {decision:X2}",
            async ct =>
            {
                EzspStatusParameter answer = await session.AskAsync(
                    EzspCommands.SetPolicy, new SetPolicyRequest(policy, decision), ct).ConfigureAwait(false);
                return answer.Status;
            },
            cancellationToken);

    private async ValueTask<EzspStatusCode> SetAsync(EzspConfigurationId id, ushort value, CancellationToken cancellationToken)
    {
        EzspStatusParameter answer = await session.AskAsync(
            EzspCommands.SetConfigurationValue, new SetConfigurationValueRequest(id, value), cancellationToken).ConfigureAwait(false);
        return answer.Status;
    }

    private async ValueTask<EzspStatusCode> SetManufacturerAsync(CancellationToken cancellationToken)
    {
        SetManufacturerCodeResponse answer = await session.AskAsync(
            EzspCommands.SetManufacturerCode, new WordParameter(session.Settings.ManufacturerCode), cancellationToken)
            .ConfigureAwait(false);
        return answer.Status;
    }

    private async ValueTask<EzspStatusCode> AddAsync(ZigBeeEndpoint endpoint, CancellationToken cancellationToken)
    {
        AddEndpointRequest request = new(
            endpoint.Number, endpoint.Profile, endpoint.DeviceId, 0, endpoint.InputClusters.ToArray(), endpoint.OutputClusters.ToArray());
        EzspStatusParameter answer = await session.AskAsync(EzspCommands.AddEndpoint, request, cancellationToken).ConfigureAwait(false);
        return answer.Status;
    }

    private async Task TryAsync(
        string what, Func<CancellationToken, ValueTask<EzspStatusCode>> act, CancellationToken cancellationToken)
    {
        try
        {
            EzspStatusCode status = await act(cancellationToken).ConfigureAwait(false);
            if (!status.IsSuccess)
            {
                _notes.Add($"{what}: {status}");
            }
        }
        catch (AdapterException refused) when (refused.Fault == AdapterFault.Refused)
        {
            _notes.Add($"{what}: {(EzspStatus)(refused.AdapterCode ?? 0)}");
        }
    }
}
