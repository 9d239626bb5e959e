using DeviceHarness.Codecs.Security.Cbke;
using DeviceHarness.Virtual.ZigBee.Clusters;
using DeviceHarness.Virtual.ZigBee.KeyEstablishment;
using FluentAssertions;

namespace DeviceHarness.Virtual.Tests.ZigBee;

/// <summary>Two devices that hear each other, and what each has said.</summary>
internal sealed class KeyExchangePair(KeyExchange initiator, KeyExchange responder, ulong initiatorName, ulong responderName)
{
    public List<(bool ByInitiator, ClusterMessage Message)> Said { get; } = [];

    /// <summary>What becomes of a message on its way; null loses it.</summary>
    public Func<bool, ClusterMessage, ClusterMessage?> Air { get; set; } = (_, message) => message;

    public TimeSpan Now { get; private set; }

    /// <summary>Lets the initiator begin and time pass until nobody has anything to do.</summary>
    public void Run()
    {
        Deliver(true, initiator.Begin(responderName, Now));
        while (Next() is { } next)
        {
            Now = next > Now ? next : Now;
            Deliver(true, initiator.Tick(Now));
            Deliver(false, responder.Tick(Now));
        }
    }

    private TimeSpan? Next() => (initiator.NextTick, responder.NextTick) switch
    {
        ({ } first, { } second) => first < second ? first : second,
        var (first, second) => first ?? second,
    };

    private void Deliver(bool byInitiator, IReadOnlyList<ClusterMessage> messages)
    {
        foreach (ClusterMessage message in messages)
        {
            Said.Add((byInitiator, message));
            if (Air(byInitiator, message) is not { } heard)
            {
                continue;
            }

            heard.IsFromServer.Should().Be(!byInitiator);
            ClusterArrival arrival = new(byInitiator ? initiatorName : responderName, heard.Command, heard.Payload)
            {
                IsFromServer = !byInitiator,
            };
            Deliver(!byInitiator, (byInitiator ? responder : initiator).Take(arrival, Now));
        }
    }

    /// <summary>A seeded authority, and an identity by it.</summary>
    public static (CertificateAuthority Authority, Func<ulong, CbkeIdentity> Issue) Authority(EstablishmentSuites suite, int seed)
    {
        Random random = new(seed);
        CertificateAuthority authority = CertificateAuthority.Create(suite, 0x1122334455667788, random.NextBytes);
        CertificateTerms terms = new(1, ValidFrom: 0);
        return (authority, subject => authority.Issue(subject, terms, random.NextBytes));
    }
}
