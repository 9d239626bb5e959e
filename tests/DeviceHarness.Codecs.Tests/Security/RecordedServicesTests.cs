using System.Buffers;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Codecs.Tests.Vectors;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Security;

/// <summary>Each ciphered service in each wrapper, made by another implementation, as the side that it is for takes it.</summary>
public sealed class RecordedServicesTests
{
    private const string NoWrapper = "it has no wrapper of its own: it goes in a general one";
    private const string BeforeTheKey = "an association begins with the global key";
    private const string ClientTitle = "4D4D4D0000000001";
    private const string ServerTitle = "4142434445464748";

    private static readonly ApduTag[] Services =
    [
        ApduTag.InitiateRequest, ApduTag.InitiateResponse, ApduTag.ConfirmedServiceError, ApduTag.GetRequest, ApduTag.GetResponse,
        ApduTag.SetRequest, ApduTag.SetResponse, ApduTag.ActionRequest, ApduTag.ActionResponse, ApduTag.EventNotification,
        ApduTag.DataNotification,
    ];

    /// <summary>What cannot be, and so was not made.</summary>
    private static readonly Dictionary<(ApduTag Service, CipheringForm Form), string> Without = new()
    {
        [(ApduTag.InitiateRequest, CipheringForm.ServiceSpecificDedicated)] = BeforeTheKey,
        [(ApduTag.InitiateRequest, CipheringForm.GeneralDedicated)] = BeforeTheKey,
        [(ApduTag.InitiateResponse, CipheringForm.ServiceSpecificDedicated)] = BeforeTheKey,
        [(ApduTag.InitiateResponse, CipheringForm.GeneralDedicated)] = BeforeTheKey,
        [(ApduTag.DataNotification, CipheringForm.ServiceSpecificGlobal)] = NoWrapper,
        [(ApduTag.DataNotification, CipheringForm.ServiceSpecificDedicated)] = NoWrapper,
    };

    [Fact]
    public void Each_service_is_recorded_in_each_wrapper_or_is_listed_with_a_reason()
    {
        IEnumerable<(ApduTag Service, CipheringForm Form)> recorded =
            CipheredVectors.OfPeer.Select(vector => ((ApduTag)Apdu(vector)[0], FormOf(vector)));
        IEnumerable<(ApduTag Service, CipheringForm Form)> all =
            Services.SelectMany(_ => Enum.GetValues<CipheringForm>(), (service, form) => (service, form));

        all.Except(recorded).Should().BeEquivalentTo(Without.Keys, "what is recorded is not listed, and what is not is");
    }

    [Theory]
    [InlineData(ClientTitle, ServerTitle)]
    [InlineData(ServerTitle, ClientTitle)]
    public void A_side_takes_all_that_the_other_sends_once_and_refuses_damage_and_counters_that_do_not_rise(string sender, string receiver)
    {
        TestVector[] sent = Sent(sender);
        using SecurityContext side = Side(receiver, sender, 0);
        byte[] target = new byte[100];

        foreach (TestVector vector in sent)
        {
            byte[] damaged = [.. vector.Octets];
            damaged[^1] ^= 1;
            side.Open(damaged, target, out _, out SecurityFault wrongTag).Should().Be(OperationStatus.InvalidData, vector.Name);
            wrongTag.Kind.Should().Be(SecurityFaultKind.AuthenticationFailed, vector.Name);

            side.Open(vector.Octets, target, out OpenedApdu opened, out SecurityFault fault)
                .Should().Be(OperationStatus.Done, $"{vector.Name}: {fault}");
            opened.Apdu.ShouldBeHex(Convert.ToHexString(Apdu(vector)));
            opened.Form.Should().Be(FormOf(vector), vector.Name);

            side.Open(vector.Octets, target, out _, out SecurityFault repeated).Should().Be(OperationStatus.InvalidData, vector.Name);
            repeated.Kind.Should().Be(SecurityFaultKind.CounterRepeated, vector.Name);
        }

        foreach (IGrouping<bool, TestVector> ofOneKey in sent.GroupBy(IsDedicated))
        {
            foreach (TestVector vector in ofOneKey.SkipLast(1))
            {
                side.Open(vector.Octets, target, out _, out SecurityFault lowered).Should().Be(OperationStatus.InvalidData, vector.Name);
                lowered.Kind.Should().Be(SecurityFaultKind.CounterLowered, vector.Name);
            }
        }
    }

    [Theory]
    [InlineData(ClientTitle, ServerTitle, 0x101U)]
    [InlineData(ServerTitle, ClientTitle, 0x201U)]
    public void A_side_makes_the_same_octets_in_the_same_order_and_never_a_counter_twice(string own, string peer, uint firstCounter)
    {
        TestVector[] sent = Sent(own);
        using SecurityContext side = Side(own, peer, firstCounter);
        byte[] line = new byte[100];

        foreach (TestVector vector in sent)
        {
            side.Seal(FormOf(vector), Apdu(vector), line, out int written, out SecurityFault fault)
                .Should().Be(OperationStatus.Done, $"{vector.Name}: {fault}");

            line[..written].ShouldBeHex(Convert.ToHexString(vector.Octets));
        }

        side.Counters.Send.Next.Should().Be(firstCounter + (uint)sent.Length);
    }

    private static TestVector[] Sent(string title) =>
        [.. CipheredVectors.OfPeer.Where(vector => vector.Fields.Text("system_title") == title)];

    private static bool IsDedicated(TestVector vector) =>
        FormOf(vector) is CipheringForm.ServiceSpecificDedicated or CipheringForm.GeneralDedicated;

    private static byte[] Apdu(TestVector vector) => vector.Fields.Text("plaintext").Octets();

    private static CipheringForm FormOf(TestVector vector) =>
        CipheredTags.TryGetForm((ApduTag)vector.Octets[0], out CipheringForm form) ? form : throw new InvalidDataException(vector.Name);

    private static SecurityContext Side(string own, string peer, uint firstCounter)
    {
        SecurityContext side = new(
            SecuritySuite.Suite0,
            CipheredVectors.Title(own),
            new GlobalKeys(
                CipherKey.Create("000102030405060708090A0B0C0D0E0F".Octets()),
                CipherKey.Create("D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF".Octets())),
            new SecurityCounters(new SendCounter(firstCounter, new CounterMemory()), new ReceiveCounter()))
        {
            PeerTitle = CipheredVectors.Title(peer),
        };
        side.UseDedicatedKey(CipherKey.Create("00112233445566778899AABBCCDDEEFF".Octets()));
        return side;
    }
}
