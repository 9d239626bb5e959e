using System.Diagnostics.CodeAnalysis;

namespace DeviceHarness.Drivers.ZigBeeAdapter.Ota;

/// <summary>What is left to send of a page.</summary>
internal sealed class OtaPage
{
    private readonly TimeSpan _spacing;

    public OtaPage(OtaOffer offer, ulong client, in OtaDataRequest request, int sentOctets, TimeSpan spacing, TimeSpan now)
    {
        Offer = offer;
        Client = client;
        MaximumOctets = request.MaximumOctets;
        Offset = request.Offset;
        RestOctets = (int)Math.Min(request.PageOctets, offer.Octets.Length - request.Offset);
        _spacing = spacing;
        Sent(sentOctets, now);
    }

    public OtaOffer Offer { get; }

    public ulong Client { get; }

    public byte MaximumOctets { get; }

    public uint Offset { get; private set; }

    public int RestOctets { get; private set; }

    public TimeSpan DueAt { get; private set; }

    public void Sent(int octets, TimeSpan now)
    {
        Offset += (uint)octets;
        RestOctets -= octets;
        DueAt = now + _spacing;
    }
}

/// <summary>The pages that are being sent, at most one a client.</summary>
internal sealed class OtaPages
{
    private readonly Dictionary<ulong, OtaPage> _pages = [];

    public TimeSpan? NextDue => _pages.Count == 0 ? null : _pages.Values.Min(page => page.DueAt);

    public void Put(OtaPage page)
    {
        if (page.RestOctets > 0 && (_pages.ContainsKey(page.Client) || _pages.Count < OtaServerSettings.MaximumClients))
        {
            _pages[page.Client] = page;
        }
        else
        {
            _ = _pages.Remove(page.Client);
        }
    }

    public void Drop(ulong client) => _pages.Remove(client);

    public bool TryTake(TimeSpan now, [NotNullWhen(true)] out OtaPage? page)
    {
        page = _pages.Values.Where(candidate => candidate.DueAt <= now).MinBy(candidate => candidate.DueAt);
        return page is not null && _pages.Remove(page.Client);
    }
}
