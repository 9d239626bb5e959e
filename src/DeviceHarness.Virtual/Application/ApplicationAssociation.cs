using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Virtual.Application;

/// <summary>The one association that a meter has open at a time, or none.</summary>
/// <remarks>Spec: IEC 62056-5-3, application associations, as the domain guide gives them.</remarks>
public sealed class ApplicationAssociation
{
    /// <summary>The DLMS version that the meter speaks.</summary>
    public const byte DlmsVersion = 6;

    /// <summary>Creates the state of a meter that nobody is associated with.</summary>
    /// <param name="receiveOctets">The largest APDU that the meter receives.</param>
    public ApplicationAssociation(int receiveOctets)
    {
        ReceiveOctets = receiveOctets;
        SendOctets = receiveOctets;
    }

    /// <summary>The client on the link, associated or not; 0 when there is none.</summary>
    public int ClientAddress { get; private set; }

    /// <summary>Whether it is associated.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>What it may do.</summary>
    public ClientAccess Access { get; private set; }

    /// <summary>The client that is associated or on its way; null when there is none.</summary>
    public MeterClient? Client { get; private set; }

    /// <summary>Whether the client still has to prove who it is: pass 3 of HLS is due and nothing else.</summary>
    public bool IsPending { get; private set; }

    /// <summary>The services that both sides agreed on.</summary>
    public Conformance Conformance { get; private set; }

    /// <summary>The largest APDU that the meter receives, in octets.</summary>
    public int ReceiveOctets { get; }

    /// <summary>The largest APDU that the meter sends, in octets: the smaller of what the client receives and what the meter can put
    /// together.</summary>
    public int SendOctets { get; private set; }

    /// <summary>The largest answer in clear, in octets: what ciphering adds must find room too.</summary>
    public int AnswerOctets => SendOctets - (Client is { IsCiphered: true } ? SecurityContext.MaximumOverheadOctets : 0);

    /// <summary>Whether a service was agreed on.</summary>
    public bool Allows(Conformance service) => (Conformance & service) == service;

    /// <summary>A client came to the link.</summary>
    internal void Attach(int clientAddress)
    {
        Close();
        ClientAddress = clientAddress;
    }

    /// <summary>The client left the link.</summary>
    internal void Detach() => Attach(0);

    /// <summary>The client asked for an association; it is open at once, or when the client has proved who it is.</summary>
    /// <param name="client">The client.</param>
    /// <param name="conformance">The services that both sides agreed on.</param>
    /// <param name="clientReceiveOctets">The largest APDU that the client receives; 0 means any.</param>
    /// <param name="isPending">Whether pass 3 of HLS is due.</param>
    internal void Begin(MeterClient client, Conformance conformance, int clientReceiveOctets, bool isPending)
    {
        Client = client;
        IsPending = isPending;
        IsOpen = !isPending;
        Access = client.Access;
        Conformance = conformance;
        SendOctets = clientReceiveOctets == 0 ? ReceiveOctets : Math.Min(clientReceiveOctets, ReceiveOctets);
    }

    /// <summary>The client has proved who it is.</summary>
    internal void Open()
    {
        IsPending = false;
        IsOpen = true;
    }

    /// <summary>Releases the association; the link stays.</summary>
    internal void Close()
    {
        IsOpen = false;
        IsPending = false;
        Client = null;
        Access = ClientAccess.Identity;
        Conformance = default;
        SendOctets = ReceiveOctets;
    }
}
