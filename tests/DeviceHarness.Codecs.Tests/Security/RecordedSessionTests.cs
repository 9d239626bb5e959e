using System.Buffers;
using DeviceHarness.Codecs.Acse;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Codecs.Tests.Vectors;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Security;

/// <summary>A session between two other implementations, with HLS-GMAC and ciphering, read by both sides in its order.</summary>
public sealed class RecordedSessionTests
{
    private static readonly SystemTitle ClientTitle = new(0x4D4D4D0000000001);
    private static readonly SystemTitle ServerTitle = new(0x4142434445464748);

    private readonly byte[] _target = new byte[256];

    [Fact]
    public void The_server_side_takes_every_request_and_the_client_side_every_response()
    {
        using SecurityContext server = Context(ServerTitle, 0x13);
        using SecurityContext client = Context(ClientTitle, 0x12D);
        byte[] clientChallenge = OpenRequest(server);
        byte[] serverChallenge = OpenResponse(client);
        HlsChallenge.TryCheck(serverChallenge, clientChallenge, out _).Should().BeTrue();

        ActionRequest.Decode(Open(server, "hls5-session-pass3"), out ActionRequest pass3, out _, out _).Should().Be(OperationStatus.Done);
        HlsPass clientPass = new() { Challenge = serverChallenge };
        new GmacHls(server).TryCheck(clientPass, pass3.Parameter[2..], out SecurityFault fault).Should().BeTrue(fault.ToString());
        ActionResponse.Decode(Open(client, "hls5-session-pass4"), out ActionResponse pass4, out _, out _).Should().Be(OperationStatus.Done);
        HlsPass serverPass = new() { Challenge = clientChallenge };
        new GmacHls(client).TryCheck(serverPass, pass4.Outcome.Returned.Data[2..], out fault).Should().BeTrue(fault.ToString());
        foreach (string request in new[] { "session-get-ldn", "session-remote-disconnect" })
        {
            Open(server, request).ShouldBeHex(CipheredVectors.Named(request).Fields.Text("plaintext"));
        }

        foreach (string response in new[]
            { "session-get-ldn-response", "session-day-profile-response", "session-remote-disconnect-response" })
        {
            Open(client, response).ShouldBeHex(CipheredVectors.Named(response).Fields.Text("plaintext"));
        }

        server.Counters.Receive.Last.Should().Be(0x13A);
        client.Counters.Receive.Last.Should().Be(0x20);
    }

    [Fact]
    public void The_client_side_makes_the_octets_of_pass_3_and_the_server_side_those_of_pass_4()
    {
        using SecurityContext client = Context(ClientTitle, 0x12D);
        using SecurityContext server = Context(ServerTitle, 0x13);

        VerifyPass(client, "hls5-session-pass3", "stoc", 15);
        VerifyPass(server, "hls5-session-pass4", "ctos", 8);
    }

    [Fact]
    public void A_release_carries_the_ciphered_initiate_and_is_opened()
    {
        TestVector vector = CipheredVectors.Named("glo-initiate-request");
        using SecurityContext receiver = CipheredVectors.Receiver(vector);
        Rlrq.Decode(CipheredVectors.Named("rlrq-ciphered").Octets, out Rlrq release, out _, out _).Should().Be(OperationStatus.Done);

        receiver.Open(release.UserInformation, _target, out OpenedApdu opened, out _).Should().Be(OperationStatus.Done);

        InitiateRequest.Decode(opened.Apdu, out InitiateRequest initiate, out _, out _).Should().Be(OperationStatus.Done);
        initiate.DedicatedKey.ShouldBeHex("00112233445566778899AABBCCDDEEFF");
        CipheredVectors.Receiver(CipheredVectors.Named("glo-initiate-response")).Open(
            UserInformationOfRelease(), _target, out opened, out _).Should().Be(OperationStatus.Done);
        InitiateResponse.Decode(opened.Apdu, out InitiateResponse answer, out _, out _).Should().Be(OperationStatus.Done);
        answer.ServerMaximumReceivePduOctets.Should().Be(0x400);
    }

    private static byte[] UserInformationOfRelease()
    {
        Rlre.Decode(CipheredVectors.Named("rlre-ciphered").Octets, out Rlre release, out _, out _).Should().Be(OperationStatus.Done);
        return release.UserInformation.ToArray();
    }

    private byte[] OpenRequest(SecurityContext server)
    {
        Aarq.Decode(CipheredVectors.Named("session-aarq-hls5-glo").Octets, out Aarq request, out _, out _)
            .Should().Be(OperationStatus.Done);
        request.Context.Should().Be(ApplicationContext.LogicalNameCiphered);
        SystemTitle.TryCreate(request.CallingApTitle, out SystemTitle title).Should().BeTrue();
        server.PeerTitle = title;
        server.Open(request.UserInformation, _target, out OpenedApdu opened, out _).Should().Be(OperationStatus.Done);
        InitiateRequest.Decode(opened.Apdu, out InitiateRequest initiate, out _, out _).Should().Be(OperationStatus.Done);
        initiate.Version.Should().Be(6);
        return request.AuthenticationValue.ToArray();
    }

    private byte[] OpenResponse(SecurityContext client)
    {
        Aare.Decode(CipheredVectors.Named("session-aare-hls5-glo").Octets, out Aare response, out _, out _)
            .Should().Be(OperationStatus.Done);
        SystemTitle.TryCreate(response.RespondingApTitle, out SystemTitle title).Should().BeTrue();
        client.PeerTitle = title;
        client.Open(response.UserInformation, _target, out OpenedApdu opened, out _).Should().Be(OperationStatus.Done);
        InitiateResponse.Decode(opened.Apdu, out _, out _, out _).Should().Be(OperationStatus.Done);
        return response.AuthenticationValue.ToArray();
    }

    private byte[] Open(SecurityContext side, string name)
    {
        side.Open(CipheredVectors.Named(name).Octets, _target, out OpenedApdu opened, out SecurityFault fault)
            .Should().Be(OperationStatus.Done, $"{name}: {fault}");
        return opened.Apdu.ToArray();
    }

    private void VerifyPass(SecurityContext side, string name, string challenge, int headOctets)
    {
        TestVector vector = CipheredVectors.Named(name);
        byte[] apdu = vector.Fields.Text("plaintext").Octets();
        HlsPass pass = new() { Challenge = vector.Fields.Text(challenge).Octets() };
        int proofOffset = apdu.Length - GmacHls.ProofOctets;
        proofOffset.Should().BeGreaterThanOrEqualTo(headOctets);
        Array.Clear(apdu, proofOffset, GmacHls.ProofOctets);

        new GmacHls(side).Prove(pass, apdu.AsSpan(proofOffset), out _, out _).Should().Be(OperationStatus.Done);
        side.Seal(CipheringForm.ServiceSpecificGlobal, apdu, _target, out int written, out _).Should().Be(OperationStatus.Done);

        _target[..written].ShouldBeHex(Convert.ToHexString(vector.Octets));
    }

    private static SecurityContext Context(SystemTitle own, uint nextCounter) => new(
        SecuritySuite.Suite0,
        own,
        new GlobalKeys(
            CipherKey.Create("000102030405060708090A0B0C0D0E0F".Octets()), CipherKey.Create("D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF".Octets())),
        new SecurityCounters(new SendCounter(nextCounter, new CounterMemory()), new ReceiveCounter()));
}
