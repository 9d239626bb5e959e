using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DeviceHarness.Codecs.Acse;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Flash;

namespace DeviceHarness.Virtual.Security;

/// <summary>The meter's keys, invocation counters and memory of failed authentications.</summary>
/// <remarks>Spec: IEC 62056-5-3 and IEC 62056-6-2 (class 64), as the domain guide gives them. The meter has one counter for what it sends
/// with its global key, whoever the client is, and one for each client for what it takes. Both are in flash before an answer leaves. Not
/// safe for use from several threads.</remarks>
internal sealed class MeterSecurity : IInvocationCounterStore
{
    private const string RecordName = "security";
    private const uint CountersInReserve = 64;
    private const int FlagOctets = 3;

    private readonly VirtualDeviceModel _model;
    private readonly IMeterFlash _flash;
    private readonly Dictionary<int, ClientSecurity> _clients = [];
    private uint _firstFree;

    /// <summary>Switches the security of a meter on.</summary>
    /// <param name="model">What the meter is.</param>
    /// <param name="flash">What it kept.</param>
    /// <param name="forgetsCounters">Whether it begins to count anew, which none may.</param>
    public MeterSecurity(VirtualDeviceModel model, IMeterFlash flash, bool forgetsCounters)
    {
        _model = model;
        _flash = flash;
        Title = model.Security.Title ?? TitleOf(model);
        Start(forgetsCounters);
    }

    /// <summary>The meter's system title.</summary>
    public SystemTitle Title { get; }

    /// <summary>What it knows of a client.</summary>
    /// <param name="client">A client of the model.</param>
    public ClientSecurity Of(MeterClient client) => _clients[client.Address];

    /// <summary>The power is back: what was in flash is there again, and nothing else.</summary>
    /// <param name="forgetsCounters">Whether it begins to count anew, which none may.</param>
    public void Start(bool forgetsCounters)
    {
        SecurityRecord kept = _flash.Read(RecordName) is byte[] json
            ? JsonSerializer.Deserialize<SecurityRecord>(json) ?? SecurityRecord.None
            : SecurityRecord.None;
        _firstFree = forgetsCounters ? 0 : kept.FirstFree;
        SendCounter send = new(_firstFree, this, CountersInReserve);
        foreach (MeterClient client in _model.Clients)
        {
            ClientSecurityRecord? known = kept.Clients.GetValueOrDefault(client.Address);
            uint? last = forgetsCounters ? null : known?.LastReceived;
            AssociationSecurity association = SecurityOf(client, client.NeedsKeys ? ContextOf(send, last) : null);
            _clients[client.Address] = new ClientSecurity(association, _model.Security, known);
        }
    }

    /// <summary>Puts counters and failures into flash.</summary>
    public void Keep()
    {
        SecurityRecord record = new(_firstFree, _clients.ToDictionary(client => client.Key, client => client.Value.Record));
        _flash.Write(RecordName, JsonSerializer.SerializeToUtf8Bytes(record));
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

    private SecurityContext ContextOf(SendCounter send, uint? lastReceived)
    {
        SecurityOptions options = _model.Security;
        CipherKey unicast = options.TestEncryptionKey ?? throw new InvalidOperationException("a client needs keys that the meter lacks");
        CipherKey authentication = options.TestAuthenticationKey ?? unicast;
        return new SecurityContext(
            options.Suite, Title, new GlobalKeys(unicast, authentication),
            new SecurityCounters(send, new ReceiveCounter(lastReceived)))
        {
            MinimumProtection = options.Policy.Request,
        };
    }
}
