using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Codecs.Security.Cbke;
using DeviceHarness.Codecs.Security.Curves;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.Tests.ZigBeeAdapter.KeyEstablishment;
using DeviceHarness.Drivers.ZigBeeAdapter;
using DeviceHarness.Drivers.ZigBeeAdapter.KeyEstablishment;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Han;

/// <summary>Key establishment with a network whose adapter computes by itself.</summary>
public sealed class HanOwnKeysTests
{
    private readonly EstablishmentBench _keys = new();

    [Fact]
    public async Task The_adapter_proves_the_key_and_keeps_it()
    {
        OwnKeys own = new(_keys);
        await using HanBench bench = await StartAsync(own);
        using EstablishmentMachine meter = Meter();

        await bench.AgreeAsync(meter);

        HanKeyEstablishment ended = await bench.EventAsync<HanKeyEstablishment>();
        (ended.Failure, meter.State).Should().Be((EstablishmentFailure.None, EstablishmentState.Established));
        own.Calls.Should().Equal("generate", "calculate", "store");
        own.LinkKey.Should().Equal(meter.LinkKey!.Reveal().ToArray());
        bench.Adapter.LinkKeys.Should().BeEmpty("the key never leaves the adapter");
        bench.Network.Nodes.Single().HasEstablishedKey.Should().BeTrue();
    }

    [Theory]
    [InlineData("refuses", "generate calculate forget")]
    [InlineData("is lost", "generate calculate forget")]
    public async Task What_the_adapter_does_not_take_ends_the_exchange_and_makes_room(string calculating, string calls)
    {
        OwnKeys own = new(_keys) { Calculating = calculating };
        await using HanBench bench = await StartAsync(own);
        using EstablishmentMachine meter = Meter();

        await bench.AgreeAsync(meter);

        HanKeyEstablishment ended = await bench.EventAsync<HanKeyEstablishment>();
        (ended.Failure, ended.Status).Should().Be((EstablishmentFailure.RefusedPeer, TerminateStatus.BadMessage));
        meter.State.Should().Be(EstablishmentState.Failed);
        own.Calls.Should().Equal(calls.Split(' '));
    }

    [Fact]
    public async Task A_device_that_begins_anew_finds_room()
    {
        OwnKeys own = new(_keys);
        await using HanBench bench = await StartAsync(own);
        using EstablishmentMachine given = Meter();
        await BeginAsync(bench, given);
        using EstablishmentMachine meter = Meter();

        await bench.AgreeAsync(meter);

        await bench.EventAsync<HanKeyEstablishment>();
        meter.State.Should().Be(EstablishmentState.Established);
        own.Calls.Should().Equal("generate", "forget", "generate", "calculate", "store");
    }

    [Fact]
    public async Task A_last_message_that_does_not_arrive_leaves_room_for_the_next_device()
    {
        OwnKeys own = new(_keys);
        await using HanBench bench = await StartAsync(own);
        using EstablishmentMachine away = Meter();
        EstablishmentMessage answer = await BeginAsync(bench, away);
        answer = MessageOf(await SendAsync(bench, away.Receive(answer, TimeSpan.Zero).Transmit!.Value, HanBench.MeterNode));
        bench.Adapter.Carry = _ => Task.FromResult(FakeAdapter.Delivery(ZigBeeDeliveryOutcome.NotDelivered));
        await SendAsync(bench, away.Receive(answer, TimeSpan.Zero).Transmit!.Value, HanBench.MeterNode);

        await bench.EventAsync<HanFault>();

        own.Calls.Should().Equal("generate", "calculate", "forget");
        bench.Network.Nodes.Single().HasEstablishedKey.Should().BeFalse();
    }

    [Fact]
    public async Task Two_exchanges_at_once_are_one_too_many_and_the_first_goes_on()
    {
        OwnKeys own = new(_keys);
        await using HanBench bench = await StartAsync(own);
        using EstablishmentMachine first = Meter();
        EstablishmentMessage answer = await BeginAsync(bench, first);

        Func<Task> other = () => bench.Network.EstablishKeyAsync(new HanTarget(EstablishmentBench.Meter + 1, 1), default);

        (await other.Should().ThrowAsync<LocalProtocolException>()).Which.Code.Should().Be("HAN-026");
        EstablishmentMessage? next = first.Receive(answer, TimeSpan.Zero).Transmit;
        while (next is { } message)
        {
            next = first.Receive(MessageOf(await SendAsync(bench, message, HanBench.MeterNode)), TimeSpan.Zero).Transmit;
        }

        first.State.Should().Be(EstablishmentState.Established);
    }

    [Fact]
    public async Task A_second_device_is_told_to_come_again_and_does_not_disturb_the_first()
    {
        const ulong Second = EstablishmentBench.Meter + 1;
        const byte NoResources = 0x04;
        OwnKeys own = new(_keys);
        await using HanBench bench = await StartAsync(own);
        using EstablishmentMachine first = Meter();
        EstablishmentMessage answer = await BeginAsync(bench, first);
        bench.Adapter.Tell(new ZigBeeDeviceJoined(0x4712, Second, IsRejoin: true, IsSecured: true));
        await bench.EventAsync<HanNodeJoined>();

        using EstablishmentMachine other = Meter();
        HanBench.Sent refusal = await SendAsync(bench, other.Start(TimeSpan.Zero).Transmit!.Value, 0x4712);
        EstablishmentMessage? next = first.Receive(answer, TimeSpan.Zero).Transmit;
        while (next is { } message)
        {
            next = first.Receive(MessageOf(await SendAsync(bench, message, HanBench.MeterNode)), TimeSpan.Zero).Transmit;
        }

        (refusal.Message.NodeId, refusal.Header.Command, refusal.Payload.Span[0]).Should().Be(((ushort)0x4712, (byte)0x03, NoResources));
        first.State.Should().Be(EstablishmentState.Established);
        await bench.EventAsync<HanKeyEstablishment>();
        own.Calls.Should().Equal("generate", "calculate", "store");
    }

    private static async Task<EstablishmentMessage> BeginAsync(HanBench bench, EstablishmentMachine meter) =>
        MessageOf(await SendAsync(bench, meter.Start(TimeSpan.Zero).Transmit!.Value, HanBench.MeterNode));

    private static EstablishmentMessage MessageOf(HanBench.Sent sent) =>
        new((EstablishmentCommand)sent.Header.Command, EstablishmentRole.Responder, sent.Payload);

    private static async Task<HanBench.Sent> SendAsync(HanBench bench, EstablishmentMessage message, ushort nodeId)
    {
        bench.Adapter.Tell(new ZigBeeMessageReceived
        {
            NodeId = nodeId,
            Profile = 0x0109,
            Cluster = EstablishmentMessage.Cluster,
            SourceEndpoint = HanBench.Endpoint,
            DestinationEndpoint = HanBench.Endpoint,
            IsApsEncrypted = false,
            IsGroupcast = false,
            ApsSequence = 1,
            Lqi = 200,
            RssiDbm = -50,
            Payload = (byte[])[0x01, 40, (byte)message.Command, .. message.Payload.Span],
        });
        return await bench.SentAsync();
    }

    private static async Task<HanBench> StartAsync(OwnKeys own)
    {
        HanBench bench = new(
            options => options with
            {
                Establishment = new EstablishmentSettings
                {
                    Identities = [],
                    Authorities = [],
                    Random = _ => throw new System.Diagnostics.UnreachableException("the adapter makes its keys"),
                    InAdapter = new AdapterKeyAgreement(),
                },
            },
            own);
        await bench.Network.StartAsync(default).DefaultTimeout();
        bench.Adapter.Tell(new ZigBeeDeviceJoined(HanBench.MeterNode, HanBench.Meter, IsRejoin: true, IsSecured: true));
        await bench.EventAsync<HanNodeJoined>();
        return bench;
    }

    private EstablishmentMachine Meter() => new(_keys.MeterSettings, EstablishmentRole.Initiator, EstablishmentBench.Hub);

    /// <summary>An adapter's curve library, made of the codecs: the virtual adapter's is another one.</summary>
    private sealed class OwnKeys(EstablishmentBench bench) : IZigBeeKeyAgreement
    {
        private readonly CbkeIdentity _identity = bench.HubSettings.Identities[0];
        private readonly TrustedAuthority _authority = bench.Authority.Trust;
        private CurvePrivateKey? _ephemeral;
        private int _seed = 7;

        public List<string> Calls { get; } = [];

        public string Calculating { get; init; } = "works";

        public byte[] LinkKey { get; private set; } = [];

        public ImplicitCertificate Certificate => _identity.Certificate;

        public Task<byte[]> GenerateAsync(CancellationToken cancellationToken)
        {
            Calls.Add("generate");
            _ephemeral = CurvePrivateKey.Generate(Certificate.Suite.Curve(), EstablishmentBench.Octets(_seed++));
            return Task.FromResult(_ephemeral.PublicPoint().ToCompressed());
        }

        public Task<ZigBeeKeyProofs?> CalculateAsync(
            bool isInitiator, ReadOnlyMemory<byte> certificate, ReadOnlyMemory<byte> ephemeral, CancellationToken cancellationToken)
        {
            Calls.Add("calculate");
            isInitiator.Should().BeFalse();
            if (Calculating != "works")
            {
                return Calculating == "refuses"
                    ? Task.FromResult<ZigBeeKeyProofs?>(null)
                    : throw new AdapterException("EZSP-010", AdapterFault.NoAnswer, "no answer");
            }

            ImplicitCertificate.TryCreate(certificate.Span, out ImplicitCertificate? peer, out _);
            peer!.TryReconstruct(_authority.PublicPoint, out CurvePoint? peerPublic, out _);
            Certificate.Suite.Curve().TryDecompress(ephemeral.Span, out CurvePoint? point, out _);
            CbkeAgreement.TryAgree(_identity.PrivateKey, _ephemeral!, peerPublic!, point!, out CbkeKeys? keys);
            CbkeParties parties = new(peer.Subject, Certificate.Subject, point!, _ephemeral!.PublicPoint());
            byte[] ofInitiator = new byte[AesMmo.DigestOctets];
            byte[] ofResponder = new byte[AesMmo.DigestOctets];
            keys!.Confirm(parties, byInitiator: true, ofInitiator);
            keys.Confirm(parties, byInitiator: false, ofResponder);
            LinkKey = keys.LinkKey().Reveal().ToArray();
            return Task.FromResult<ZigBeeKeyProofs?>(new(ofInitiator, ofResponder));
        }

        public Task EndAsync(bool isStored, CancellationToken cancellationToken)
        {
            Calls.Add(isStored ? "store" : "forget");
            return Task.CompletedTask;
        }
    }
}
