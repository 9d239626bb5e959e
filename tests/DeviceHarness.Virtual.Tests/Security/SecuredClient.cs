using System.Buffers;
using DeviceHarness.Codecs.Acse;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Security;
using FluentAssertions;

namespace DeviceHarness.Virtual.Tests.Security;

/// <summary>A client that holds keys: it protects the octets that it is given and opens what comes back. Its own checks are loose, so that
/// a test sees what the meter did.</summary>
internal sealed class SecuredClient
{
    private const Conformance Proposed = Conformance.Get | Conformance.Set | Conformance.Action | Conformance.SelectiveAccess
        | Conformance.BlockTransferWithGet | Conformance.GeneralProtection;

    private readonly ScriptedClient _link;
    private readonly AuthenticationMechanism _mechanism;
    private readonly bool _isCiphered;
    private readonly string _secret;

    public SecuredClient(
        ScriptedClient link, AuthenticationMechanism mechanism, bool isCiphered = true, string encryption = SecuredModels.Encryption,
        string secret = SecuredModels.Secret, uint firstFree = 0)
    {
        _link = link;
        _mechanism = mechanism;
        _isCiphered = isCiphered;
        _secret = secret;
        CipherKey unicast = CipherKey.Create(Convert.FromHexString(encryption));
        CipherKey authentication = CipherKey.Create(Convert.FromHexString(SecuredModels.Authentication));
        Context = new SecurityContext(
            SecuritySuite.Suite0, SecuredModels.Title(SecuredModels.ClientTitle), new GlobalKeys(unicast, authentication),
            new SecurityCounters(new SendCounter(firstFree, new NoStore()), new ReceiveCounter()));
    }

    public SecurityContext Context { get; }

    /// <summary>Connects and asks for an association; passes 3 and 4 when they are due.</summary>
    /// <returns>What the last answer meant, and the AARE.</returns>
    public (AssociationAnswer Answer, string Aare) Associate(CipherKey? dedicated = null, ushort pduOctets = 1024)
    {
        _link.Connect();
        ClientAssociation association = new(new AssociationProposal(Proposed, pduOctets, dedicated), Security(), Challenge);
        byte[] target = new byte[512];
        association.EncodeRequest(target, out int octets, out _).Should().Be(OperationStatus.Done);
        string aare = _link.Send(Convert.ToHexString(target, 0, octets))!;
        AssociationAnswer answer = association.ReadAnswer(Convert.FromHexString(aare));
        if (answer.Verdict != AssociationVerdict.ProofNeeded)
        {
            return (answer, aare);
        }

        association.EncodeProof(InvokeIdAndPriority.Create(1), target, out octets, out SecurityFault fault)
            .Should().Be(OperationStatus.Done, fault.ToString());
        string pass3 = Convert.ToHexString(target, 0, octets);
        string pass4 = _isCiphered ? Send(pass3) : _link.Send(pass3)!;
        return (association.ReadProof(Convert.FromHexString(pass4)), aare);
    }

    /// <summary>Sends a request protected and opens the answer; an answer that cannot be opened is given as it came.</summary>
    public string Send(string apdu, CipheringForm form = CipheringForm.ServiceSpecificGlobal) => Open(SendRaw(Seal(apdu, form)));

    /// <summary>Protects a request.</summary>
    public string Seal(string apdu, CipheringForm form = CipheringForm.ServiceSpecificGlobal)
    {
        byte[] target = new byte[1024];
        Context.Seal(form, Convert.FromHexString(apdu), target, out int octets, out SecurityFault fault)
            .Should().Be(OperationStatus.Done, fault.ToString());
        return Convert.ToHexString(target, 0, octets);
    }

    /// <summary>Sends octets as they are.</summary>
    public string SendRaw(string apdu) => _link.Send(apdu)!;

    /// <summary>Opens an answer; one that cannot be opened is given as it came.</summary>
    public string Open(string answer)
    {
        byte[] target = new byte[4096];
        return Context.Open(Convert.FromHexString(answer), target, out OpenedApdu opened, out _) == OperationStatus.Done
            ? Convert.ToHexString(opened.Apdu)
            : answer;
    }

    private static void Challenge(Span<byte> target)
    {
        for (int index = 0; index < target.Length; index++)
        {
            target[index] = (byte)(0x30 + index);
        }
    }

    private AssociationSecurity Security() => new()
    {
        Password = _mechanism == AuthenticationMechanism.LowLevel ? SharedSecret.OfText(_secret) : null,
        Hls = _mechanism switch
        {
            AuthenticationMechanism.HighLevelManufacturer => ManufacturerHls.AesEcb(CipherKey.Create(Convert.FromHexString(_secret))),
            AuthenticationMechanism.HighLevelMd5 or AuthenticationMechanism.HighLevelSha1 or AuthenticationMechanism.HighLevelSha256 =>
                HashHls.Create(_mechanism, SharedSecret.OfText(_secret)),
            AuthenticationMechanism.HighLevelGmac => new GmacHls(Context),
            _ => null,
        },
        Context = _isCiphered || _mechanism == AuthenticationMechanism.HighLevelGmac ? Context : null,
        IsCiphered = _isCiphered,
    };

    private sealed class NoStore : IInvocationCounterStore
    {
        public void Save(uint firstFree)
        {
        }
    }
}
