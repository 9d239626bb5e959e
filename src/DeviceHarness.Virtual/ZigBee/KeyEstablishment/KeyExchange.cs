using System.Buffers.Binary;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Codecs.Security.Cbke;
using DeviceHarness.Codecs.Security.Curves;
using DeviceHarness.Virtual.ZigBee.Clusters;

namespace DeviceHarness.Virtual.ZigBee.KeyEstablishment;

/// <summary>A virtual device's side of certificate-based key establishment, whichever side begins.</summary>
/// <remarks>
/// Spec: ZigBee Smart Energy, cluster 0x0800, as this harness's ZigBee guide sums it up: Initiate, Ephemeral and Confirm, each asked and
/// answered, or Terminate. A pure machine: commands and time in, commands out. An answer that takes computing leaves as long after the
/// request as the device says that it computes. One exchange at a time; a second partner is told to wait.
/// </remarks>
public sealed class KeyExchange : IClusterMachine, IDisposable
{
    private const byte Initiate = 0x00;
    private const byte Ephemeral = 0x01;
    private const byte Confirm = 0x02;
    private const byte Terminate = 0x03;
    private const int InitiateHeadOctets = 4;

    private readonly KeyExchangeOptions _options;
    private readonly RandomOctets _random;
    private readonly List<ClusterMessage> _out = [];
    private readonly Queue<(TimeSpan At, ClusterMessage Message)> _later = [];
    private KeyExchangeRun? _run;

    /// <summary>Creates the machine; it waits for a partner.</summary>
    /// <param name="options">What the device brings.</param>
    /// <param name="random">Where ephemeral keys come from.</param>
    public KeyExchange(KeyExchangeOptions options, RandomOctets random)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(random);
        _options = options;
        _random = random;
    }

    /// <inheritdoc/>
    public ushort Cluster => 0x0800;

    /// <summary>Whether an exchange is going on.</summary>
    public bool IsBusy => _run is not null;

    /// <summary>How the last exchange ended; null before one did.</summary>
    public KeyExchangeStatus? LastStatus { get; private set; }

    /// <summary>The link key that the last exchange gave; null before one did.</summary>
    public CipherKey? LinkKey { get; private set; }

    /// <inheritdoc/>
    public TimeSpan? NextTick => _later.Count > 0 ? _later.Peek().At : _run?.Deadline;

    private EstablishmentSuites Suite => _options.Identity.Certificate.Suite;

    /// <summary>Begins an exchange; one that goes on is given up.</summary>
    /// <param name="partner">The EUI-64 of the partner, as a number.</param>
    /// <param name="now">The time.</param>
    /// <returns>What goes out, from client to server.</returns>
    public IReadOnlyList<ClusterMessage> Begin(ulong partner, TimeSpan now)
    {
        Drop();
        _run = new KeyExchangeRun(partner, isInitiator: true) { Deadline = now + _options.Margin + _options.Margin };
        _out.Add(InitiateMessage(fromServer: false));
        return Taken();
    }

    /// <inheritdoc/>
    /// <remarks>An answer that was being computed leaves, or a partner that says nothing is given up.</remarks>
    public IReadOnlyList<ClusterMessage> Tick(TimeSpan now)
    {
        while (_later.Count > 0 && _later.Peek().At <= now)
        {
            _out.Add(_later.Dequeue().Message);
        }

        if (_later.Count == 0 && _run is { } run && now >= run.Deadline)
        {
            End(KeyExchangeStatus.TimedOut);
        }

        return Taken();
    }

    /// <inheritdoc/>
    public IReadOnlyList<ClusterMessage> Take(ClusterArrival arrival, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(arrival);
        bool isOfRun = _run?.Partner == arrival.Sender;
        if (arrival.Command == Terminate)
        {
            TakeTermination(arrival);
        }
        else if (arrival.Command == Initiate && !arrival.IsFromServer)
        {
            TakeInitiation(arrival.Sender, arrival.Payload, now);
        }
        else if (_run is not { } run || !isOfRun || run.IsInitiator != arrival.IsFromServer || run.Expected != arrival.Command)
        {
            Refuse(KeyExchangeStatus.BadMessage, fromServer: !arrival.IsFromServer, endsRun: isOfRun);
        }
        else
        {
            TakeStep(run, arrival, now);
        }

        return Taken();
    }

    /// <inheritdoc/>
    public void TakeRefusal(byte command, TimeSpan now)
    {
        if (_run is not null)
        {
            End(KeyExchangeStatus.BadMessage);
        }
    }

    /// <summary>The device kept its link key over a loss of power.</summary>
    /// <param name="linkKey">The key.</param>
    public void Restore(CipherKey linkKey) => LinkKey = linkKey;

    /// <summary>The device left its network: it holds no link key any more, and an exchange that goes on is given up.</summary>
    public void Forget()
    {
        Drop();
        LinkKey = null;
    }

    /// <inheritdoc/>
    public void Dispose() => Drop();

    private void TakeTermination(ClusterArrival arrival)
    {
        if (_run?.Partner == arrival.Sender)
        {
            End(arrival.Payload is [var status, ..] ? (KeyExchangeStatus)status : KeyExchangeStatus.BadMessage);
        }
    }

    private void TakeInitiation(ulong sender, byte[] payload, TimeSpan now)
    {
        if (_run is { } going && going.Partner != sender)
        {
            Refuse(KeyExchangeStatus.NoResources, fromServer: true, endsRun: false);
            return;
        }

        Drop();
        KeyExchangeRun run = new(sender, isInitiator: false);
        if (TakeCertificate(run, payload) is { } refusal)
        {
            Refuse(refusal, fromServer: true, endsRun: false);
            return;
        }

        _run = run;
        run.Expected = Ephemeral;
        run.Deadline = now + TimeSpan.FromSeconds(run.PartnerEphemeralSeconds) + _options.Margin;
        _out.Add(InitiateMessage(fromServer: true));
    }

    private void TakeStep(KeyExchangeRun run, ClusterArrival message, TimeSpan now)
    {
        KeyExchangeStatus? refusal = message.Command switch
        {
            Initiate => TakeInitiateAnswer(run, message.Payload, now),
            Ephemeral => TakeEphemeral(run, message.Payload, now),
            _ => TakeConfirm(run, message.Payload),
        };
        if (refusal is { } status)
        {
            Refuse(status, !run.IsInitiator, endsRun: true);
        }
    }

    private KeyExchangeStatus? TakeInitiateAnswer(KeyExchangeRun run, byte[] payload, TimeSpan now)
    {
        if (TakeCertificate(run, payload) is { } refusal)
        {
            return refusal;
        }

        run.Expected = Ephemeral;
        TimeSpan leaves = Later(run, now, Ephemeral, NewEphemeral(run));
        run.Deadline = leaves + TimeSpan.FromSeconds(run.PartnerEphemeralSeconds) + _options.Margin;
        return null;
    }

    private KeyExchangeStatus? TakeEphemeral(KeyExchangeRun run, byte[] payload, TimeSpan now)
    {
        if (!Suite.Curve().TryDecompress(payload, out CurvePoint? point, out _))
        {
            return KeyExchangeStatus.BadMessage;
        }

        if (!run.IsInitiator)
        {
            byte[] own = NewEphemeral(run);
            TimeSpan leaves = Later(run, now, Ephemeral, own);
            run.Deadline = leaves + TimeSpan.FromSeconds(run.PartnerConfirmSeconds) + _options.Margin;
        }

        run.Expected = Confirm;
        if (!run.Agree(_options, point))
        {
            return KeyExchangeStatus.BadMessage;
        }

        if (run.IsInitiator)
        {
            TimeSpan leaves = Later(run, now, Confirm, OwnMac(run));
            run.Deadline = leaves + TimeSpan.FromSeconds(run.PartnerConfirmSeconds) + _options.Margin;
        }

        return null;
    }

    private KeyExchangeStatus? TakeConfirm(KeyExchangeRun run, byte[] payload)
    {
        if (!run.Keys!.IsConfirmedBy(run.Parties!, byInitiator: !run.IsInitiator, payload))
        {
            return KeyExchangeStatus.BadKeyConfirm;
        }

        if (!run.IsInitiator)
        {
            _out.Add(new ClusterMessage(Confirm, OwnMac(run)) { IsFromServer = true });
        }

        LinkKey = _options.ForgetsKey ? LinkKey : run.Keys.LinkKey();
        End(KeyExchangeStatus.Established);
        return null;
    }

    /// <summary>Reads what an Initiate says; null when there is nothing against it.</summary>
    private KeyExchangeStatus? TakeCertificate(KeyExchangeRun run, ReadOnlySpan<byte> payload)
    {
        if (payload.Length < InitiateHeadOctets)
        {
            return KeyExchangeStatus.BadMessage;
        }

        if (BinaryPrimitives.ReadUInt16LittleEndian(payload) != (ushort)Suite)
        {
            return KeyExchangeStatus.UnsupportedSuite;
        }

        if (!ImplicitCertificate.TryCreate(payload[InitiateHeadOctets..], out ImplicitCertificate? certificate, out _)
            || certificate.Suite != Suite || (certificate.Subject != run.Partner && !_options.TakesForeignSubject))
        {
            return KeyExchangeStatus.BadMessage;
        }

        if (!_options.Authority.Issued(certificate))
        {
            return KeyExchangeStatus.UnknownIssuer;
        }

        if (!certificate.MayAgreeKeys)
        {
            return KeyExchangeStatus.InvalidKeyUsage;
        }

        run.PartnerEphemeralSeconds = payload[2];
        run.PartnerConfirmSeconds = payload[3];
        run.PartnerSubject = certificate.Subject;
        bool isPoint = certificate.TryReconstruct(_options.Authority.PublicPoint, out CurvePoint? point, out _);
        run.PartnerPublic = point;
        return isPoint ? null : KeyExchangeStatus.BadMessage;
    }

    private byte[] NewEphemeral(KeyExchangeRun run)
    {
        run.OwnEphemeral = CurvePrivateKey.Generate(Suite.Curve(), _random);
        return run.OwnEphemeral.PublicPoint().ToCompressed();
    }

    private byte[] OwnMac(KeyExchangeRun run)
    {
        byte[] mac = new byte[AesMmo.DigestOctets];
        run.Keys!.Confirm(run.Parties!, run.IsInitiator, mac);
        mac[0] ^= (byte)(_options.ConfirmsWrongly ? 1 : 0);
        return mac;
    }

    private TimeSpan Later(KeyExchangeRun run, TimeSpan now, byte command, byte[] payload)
    {
        TimeSpan at = now + TimeSpan.FromSeconds(command == Ephemeral ? _options.EphemeralSeconds : _options.ConfirmSeconds);
        _later.Enqueue((at, new ClusterMessage(command, payload) { IsFromServer = !run.IsInitiator }));
        return at;
    }

    private ClusterMessage InitiateMessage(bool fromServer) => new(Initiate, new WireOctets().Word((ushort)Suite)
        .Octet(_options.EphemeralSeconds).Octet(_options.ConfirmSeconds).Run(_options.Identity.Certificate.Octets).ToArray())
    {
        IsFromServer = fromServer,
    };

    private void Refuse(KeyExchangeStatus status, bool fromServer, bool endsRun)
    {
        byte[] payload = new WireOctets().Octet((byte)status).Octet(_options.WaitSeconds).Word((ushort)Suite).ToArray();
        _out.Add(new ClusterMessage(Terminate, payload) { IsFromServer = fromServer });
        if (endsRun)
        {
            End(status);
        }
        else
        {
            LastStatus = _run is null ? status : LastStatus;
        }
    }

    private void End(KeyExchangeStatus status)
    {
        LastStatus = status;
        Drop();
    }

    private void Drop()
    {
        _later.Clear();
        _run?.Dispose();
        _run = null;
    }

    private ClusterMessage[] Taken()
    {
        ClusterMessage[] taken = [.. _out];
        _out.Clear();
        return taken;
    }
}
