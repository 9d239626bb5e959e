using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Ezsp.Messages;
using DeviceHarness.Codecs.Security.Cbke;
using DeviceHarness.Virtual.ZigBee;
using DeviceHarness.Virtual.ZigBee.Clusters;
using DeviceHarness.Virtual.ZigBee.KeyEstablishment;
using DeviceHarness.Virtual.ZigBee.Ncp;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.ZigBee;

/// <summary>An adapter with a certificate of its own agrees on a key with a virtual device's side of key establishment.</summary>
public sealed class NcpCurvesTests
{
    private const ulong Partner = 0x70B3D52B60112233;

    private static readonly TestAuthority Authority = new(EstablishmentSuites.Suite1, 3);

    [Fact]
    public void Both_sides_have_the_key_and_the_adapter_keeps_it()
    {
        NcpClient host = Host();
        using KeyExchange device = Device(out byte[] certificate, out byte[] ephemeral, host);

        CalculatedSmacs smacs = Calculate(host, certificate, ephemeral);
        ClusterMessage answer = Last(device.Take(new ClusterArrival(host.Ncp.Ncp.Eui64, 2, smacs.InitiatorSmac.ToArray()), default));
        host.Send(EzspCommands.ClearTemporaryDataMaybeStoreLinkKey, new(1)).Status.IsSuccess.Should().BeTrue();

        device.LastStatus.Should().Be(KeyExchangeStatus.Established);
        answer.Payload.Should().Equal(smacs.ResponderSmac.ToArray());
        host.Send(EzspCommands.ExportLinkKeyByEui, new(Partner)).Key.ToArray().Should().Equal(device.LinkKey!.Reveal().ToArray());
    }

    [Fact]
    public void A_certificate_of_a_stranger_gives_no_key_and_until_it_is_cleared_no_other_begins()
    {
        NcpClient host = Host();
        using KeyExchange device = Device(out _, out byte[] ephemeral, host);
        using CbkeIdentity stranger = new TestAuthority(EstablishmentSuites.Suite1, 4).Issue(Partner);

        CalculatedSmacs smacs = Calculate(host, stranger.Certificate.Octets.ToArray(), ephemeral);
        EzspStatusCode second = host.Send(EzspCommands.GenerateCbkeKeys, default).Status;
        EzspStatusCode stored = host.Send(EzspCommands.ClearTemporaryDataMaybeStoreLinkKey, new(1)).Status;

        smacs.Status.Should().Be((EzspStatusCode)EmberStatus.SecurityDataInvalid);
        second.Should().Be((EzspStatusCode)EmberStatus.InvalidCall);
        stored.IsSuccess.Should().BeFalse();
        host.Send(EzspCommands.GenerateCbkeKeys, default).Status.Should().Be((EzspStatusCode)EmberStatus.OperationInProgress);
    }

    [Fact]
    public void The_other_suite_is_not_there()
    {
        NcpClient host = Host();

        host.Send(EzspCommands.GetCertificate, default).Status.IsSuccess.Should().BeTrue();
        host.Send(EzspCommands.GetCertificate283K1, default).Status.Should().Be((EzspStatusCode)EmberStatus.LibraryNotPresent);
    }

    private static NcpClient Host()
    {
        NcpClient host = new(new NcpModel { Adapter = new NcpOptions { Authority = Authority } });
        host.Negotiate();
        return host;
    }

    // The device answers an initiation and an ephemeral key of the adapter, as it does over the air.
    private static KeyExchange Device(out byte[] certificate, out byte[] ephemeral, NcpClient host)
    {
        KeyExchange device = new(
            new KeyExchangeOptions { Eui64 = Partner, Identity = Authority.Issue(Partner), Authority = Authority.Trust },
            new Random(6).NextBytes);
        byte[] own = host.Send(EzspCommands.GetCertificate, default).Certificate.ToArray();
        host.Send(EzspCommands.GenerateCbkeKeys, default).Status.Should().Be((EzspStatusCode)EmberStatus.OperationInProgress);
        byte[] point = host.WaitFor(EzspCallbacks.GenerateCbkeKeysHandler).EphemeralPublicKey.ToArray();
        ulong adapter = host.Ncp.Ncp.Eui64;
        certificate = Last(device.Take(new ClusterArrival(adapter, 0, [1, 0, 2, 3, .. own]), default)).Payload[4..];
        device.Take(new ClusterArrival(adapter, 1, point), default);
        ephemeral = Last(device.Tick(TimeSpan.FromSeconds(2))).Payload;
        return device;
    }

    private static CalculatedSmacs Calculate(NcpClient host, byte[] certificate, byte[] ephemeral)
    {
        host.Send(EzspCommands.CalculateSmacs, new(true, certificate, ephemeral)).Status
            .Should().Be((EzspStatusCode)EmberStatus.OperationInProgress);
        return host.WaitFor(EzspCallbacks.CalculateSmacsHandler);
    }

    private static ClusterMessage Last(IReadOnlyList<ClusterMessage> messages) => messages.Should().ContainSingle().Subject;
}
