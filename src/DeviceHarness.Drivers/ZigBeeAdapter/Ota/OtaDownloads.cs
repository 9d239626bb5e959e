using System.Diagnostics.CodeAnalysis;

namespace DeviceHarness.Drivers.ZigBeeAdapter.Ota;

/// <summary>What is known of every client, bounded.</summary>
internal sealed class OtaDownloads(OtaServerSettings settings)
{
    private readonly Dictionary<ulong, OtaDownload> _downloads = [];

    public IReadOnlyCollection<OtaDownload> All => _downloads.Values;

    public TimeSpan? NextStall
    {
        get
        {
            TimeSpan? next = null;
            foreach (OtaDownload download in _downloads.Values)
            {
                if (download.IsExpected && !download.IsStallTold && (next is null || download.StalledAt < next))
                {
                    next = download.StalledAt;
                }
            }

            return next;
        }
    }

    public bool TryGet(ulong client, [NotNullWhen(true)] out OtaDownload? download) => _downloads.TryGetValue(client, out download);

    public bool IsAt(ulong client, OtaImageId image) => IsAt(client, image, out _);

    public bool IsAt(ulong client, OtaImageId image, [NotNullWhen(true)] out OtaDownload? download) =>
        _downloads.TryGetValue(client, out download) && download.Image == image && download.Phase != OtaPhase.Aborted;

    public bool IsAborted(ulong client, OtaImageId image) =>
        _downloads.TryGetValue(client, out OtaDownload? download) && download.Image == image && download.Phase == OtaPhase.Aborted;

    public bool IsGoingOn(ulong client, TimeSpan now) =>
        _downloads.TryGetValue(client, out OtaDownload? download) && IsGoingOn(download, now);

    public int CountGoingOn(TimeSpan now) => _downloads.Values.Count(download => IsGoingOn(download, now));

    public OtaDownload Begin(ulong client, OtaOffer offer, TimeSpan now)
    {
        if (_downloads.Count >= OtaServerSettings.MaximumClients && !_downloads.ContainsKey(client))
        {
            _ = _downloads.Remove(_downloads.Values.MinBy(download => download.LastHeardAt)!.Client);
        }

        return _downloads[client] = new OtaDownload(settings, client, offer.Image, offer.Octets.Length, now);
    }

    public bool TryTakeStalled(TimeSpan now, [NotNullWhen(true)] out OtaDownload? stalled)
    {
        stalled = _downloads.Values.FirstOrDefault(
            download => download.IsExpected && !download.IsStallTold && download.StalledAt <= now);
        if (stalled is not null)
        {
            stalled.IsStallTold = true;
        }

        return stalled is not null;
    }

    private static bool IsGoingOn(OtaDownload download, TimeSpan now) =>
        download.Phase == OtaPhase.Downloading && download.Liveness(now) == OtaLiveness.Active;
}
