using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DeviceHarness.Codecs.Acse;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Flash;

namespace DeviceHarness.Virtual.Security;

/// <summary>The meter's keys, invocation counters and memory of failed authentications.</summary>
/// <remarks>Spec: IEC 62056-5-3 and IEC 62056-6-2 (class 64), as the domain guide gives them. The meter has one counter for what it sends
/// with its global key, whoever the client is, and one for each client for what it takes. Both are in flash before an answer leaves. New
/// keys are too; they hold from the next APDU on, and all counters begin anew with them. Not safe for use from several threads.</remarks>
internal sealed class MeterSecurity : IInvocationCounterStore
{
    private const string RecordName = "security";
    private const uint CountersInReserve = 64;
    private const int FlagOctets = 3;

    /// <summary>How long after a transfer a meter with the defect confirms the next.</summary>
    private static readonly TimeSpan ConfirmationPause = TimeSpan.FromMinutes(5);

    private readonly VirtualDeviceModel _model;
    private readonly IMeterFlash _flash;
    private readonly Dictionary<int, ClientSecurity> _clients = [];
    private MeterKeys _keys;
    private uint _firstFree;
    private bool _hasTakenEarly;

    /// <summary>Switches the security of a meter on.</summary>
    /// <param name="model">What the meter is.</param>
    /// <param name="flash">What it kept.</param>
    /// <param name="forgetsCounters">Whether it begins to count anew, which none may.</param>
    public MeterSecurity(VirtualDeviceModel model, IMeterFlash flash, bool forgetsCounters)
    {
        _model = model;
        _flash = flash;
        Title = model.Security.Title ?? TitleOf(model);
        _keys = new MeterKeys(model.Security, null);
        Start(forgetsCounters);
    }

    /// <summary>The meter's system title.</summary>
    public SystemTitle Title { get; }

    /// <summary>How many transfers of keys the meter took, and did not confirm as the defect wants it.</summary>
    public int Unconfirmed { get; private set; }

    /// <summary>What it knows of a client.</summary>
    /// <param name="client">A client of the model.</param>
    public ClientSecurity Of(MeterClient client) => _clients[client.Address];

    /// <summary>The power is back: what was in flash is there again, and nothing else.</summary>
    /// <param name="forgetsCounters">Whether it begins to count anew, which none may.</param>
    public void Start(bool forgetsCounters)
    {
        SecurityRecord kept = _flash.Read(RecordName) is byte[] json
            ? JsonSerializer.Deserialize(json, FlashJson.Default.SecurityRecord) ?? SecurityRecord.None
            : SecurityRecord.None;
        _keys = new MeterKeys(_model.Security, kept.Transferred);
        _firstFree = forgetsCounters ? 0 : kept.FirstFree;
        UseKeys(client => kept.Clients.GetValueOrDefault(client.Address) is { } known
            ? forgetsCounters ? known with { LastReceived = null } : known
            : null);
    }

    /// <summary>Takes new keys, method 2 of the security setup; they are in flash when it returns.</summary>
    /// <param name="parameters">The encoded parameter.</param>
    /// <param name="now">True time.</param>
    /// <param name="isOnlySaid">Whether a transfer that could be taken changes nothing: a defect.</param>
    /// <returns>Success; type-unmatched for what is no transfer; other-reason for a key that the meter does not take, and then it takes
    /// none.</returns>
    public ActionResult TakeKeys(ReadOnlySpan<byte> parameters, DateTimeOffset now, bool isOnlySaid)
    {
        DateTimeOffset? before = _keys.Transferred?.At;
        ActionResult result = _keys.Take(parameters, now, isOnlySaid);
        if (result == ActionResult.Success)
        {
            _hasTakenEarly = before is not DateTimeOffset last || now - last < ConfirmationPause;
            Keep();
        }

        return result;
    }

    /// <summary>Whether keys were just taken whose transfer is not to be confirmed; asked once.</summary>
    /// <param name="isDefective">Whether the meter has the defect.</param>
    public bool IsUnconfirmed(bool isDefective)
    {
        bool isUnconfirmed = _hasTakenEarly && isDefective;
        _hasTakenEarly = false;
        Unconfirmed += isUnconfirmed ? 1 : 0;
        return isUnconfirmed;
    }

    /// <summary>The next APDU comes: keys that were taken hold from now on, with counters of their own.</summary>
    public void AdoptKeys()
    {
        if (!_keys.TryAdopt())
        {
            return;
        }

        Dictionary<int, ClientSecurity> before = new(_clients);
        _firstFree = 0;
        UseKeys(client => before[client.Address].Record with { LastReceived = null });
        foreach ((int address, ClientSecurity client) in _clients)
        {
            if (client.Context is SecurityContext context && before[address].Context is SecurityContext old)
            {
                // The association goes on, and with it what the client said of itself.
                context.PeerTitle = old.PeerTitle;
            }
        }

        Keep();
    }

    /// <summary>Puts counters and failures into flash.</summary>
    public void Keep()
    {
        // Keys that were taken have counters of their own, also after a loss of power before the next APDU.
        bool isNew = _keys.IsPending;
        SecurityRecord record = new(
            isNew ? 0 : _firstFree,
            _clients.ToDictionary(
                client => client.Key,
                client => isNew ? client.Value.Record with { LastReceived = null } : client.Value.Record))
        {
            Transferred = _keys.Transferred,
        };
        _flash.Write(RecordName, JsonSerializer.SerializeToUtf8Bytes(record, FlashJson.Default.SecurityRecord));
    }

    /// <inheritdoc/>
    void IInvocationCounterStore.Save(uint firstFree)
    {
        _firstFree = firstFree;
        Keep();
    }

    // The manufacturer's flag, and what tells one of its meters from another.
    private static SystemTitle TitleOf(VirtualDeviceModel model)
    {
        byte[] octets =
        [
            .. Encoding.ASCII.GetBytes(model.LogicalDeviceName)[..FlagOctets],
            .. SHA256.HashData(Encoding.ASCII.GetBytes(model.SerialNumber))[..(SystemTitle.OctetCount - FlagOctets)],
        ];
        SystemTitle.TryCreate(octets, out SystemTitle title);
        return title;
    }

    private static AssociationSecurity SecurityOf(MeterClient client, SecurityContext? context) => new()
    {
        Password = client.Mechanism == AuthenticationMechanism.LowLevel ? SharedSecret.OfText(client.TestPassword ?? string.Empty) : null,
        Hls = client.Mechanism switch
        {
            AuthenticationMechanism.HighLevelManufacturer =>
                ManufacturerHls.AesEcb(CipherKey.Create(Convert.FromHexString(client.TestSecret ?? string.Empty))),
            AuthenticationMechanism.HighLevelMd5 or AuthenticationMechanism.HighLevelSha1 or AuthenticationMechanism.HighLevelSha256 =>
                HashHls.Create(client.Mechanism, SharedSecret.OfText(client.TestSecret ?? string.Empty)),
            AuthenticationMechanism.HighLevelGmac when context is not null => new GmacHls(context),
            _ => null,
        },
        Context = context,
        IsCiphered = client.IsCiphered,
    };

    private void UseKeys(Func<MeterClient, ClientSecurityRecord?> keptOf)
    {
        SendCounter send = new(_firstFree, this, CountersInReserve);
        foreach (MeterClient client in _model.Clients)
        {
            ClientSecurityRecord? kept = keptOf(client);
            AssociationSecurity association = SecurityOf(client, client.NeedsKeys ? ContextOf(send, kept?.LastReceived) : null);
            _clients[client.Address] = new ClientSecurity(association, _model.Security, kept);
        }
    }

    private SecurityContext ContextOf(SendCounter send, uint? lastReceived)
    {
        GlobalKeys keys = _keys.Held ?? throw new InvalidOperationException("a client needs keys that the meter lacks");
        return new SecurityContext(
            _model.Security.Suite, Title, keys, new SecurityCounters(send, new ReceiveCounter(lastReceived)))
        {
            MinimumProtection = _model.Security.Policy.Request,
        };
    }
}
