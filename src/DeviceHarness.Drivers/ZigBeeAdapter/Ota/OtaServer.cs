using DeviceHarness.Codecs.Zcl;

namespace DeviceHarness.Drivers.ZigBeeAdapter.Ota;

/// <summary>An upgrade server for any number of clients as a pure machine: requests, ticks in; answers, events, next tick out.</summary>
/// <remarks>
/// Spec: ZigBee OTA Upgrade cluster, server, as this harness's ZigBee guide sums it up. The client alone drives the pace: what an answer
/// needs stands in its request and in the offers, so that a download goes on after the server was started anew. What is kept of a client
/// is for people and for limits. Only the rest of a page is lost by that, and asked for again by the client.
/// An offset outside of the image is answered by a default response 80, an image that is not offered to this client by 95 to a block and by
/// a default response 87 to an upgrade end, a malformed request by 80. Instants count from any origin. Not thread safe.
/// </remarks>
public sealed class OtaServer
{
    private readonly OtaServerSettings _settings;
    private readonly OtaServerTime _time;
    private readonly List<OtaOffer> _offers = [];
    private readonly OtaDownloads _downloads;
    private readonly OtaPages _pages = new();
    private TimeSpan _nextBlockAt = TimeSpan.MinValue;

    /// <summary>Makes a server without an image.</summary>
    /// <param name="settings">Limits and times.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is not in its range.</exception>
    public OtaServer(OtaServerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.MaximumBlockOctets, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(settings.MaximumBlockOctets, 64);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.MaximumDownloads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.MinimumBlockPeriod, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(settings.MinimumBlockPeriod, TimeSpan.FromMilliseconds(ushort.MaxValue));
        _settings = settings;
        _time = new OtaServerTime(settings.TimeAtOrigin);
        _downloads = new OtaDownloads(settings);
    }

    /// <summary>The images that there are.</summary>
    public IReadOnlyList<OtaOffer> Offers => _offers;

    /// <summary>What is known of the clients, in no order.</summary>
    public IReadOnlyCollection<OtaDownload> Downloads => _downloads.All;

    /// <summary>Adds an image; it takes the place of one of the same name.</summary>
    /// <param name="offer">The image, and for whom.</param>
    /// <exception cref="ArgumentException">It is to be run at a moment, and the server does not know the time.</exception>
    public void Offer(OtaOffer offer)
    {
        ArgumentNullException.ThrowIfNull(offer);
        if (offer.Activation.Moment is not null && _settings.TimeAtOrigin is null)
        {
            throw new ArgumentException("a server that does not know the time cannot name a moment", nameof(offer));
        }

        Withdraw(offer.Image);
        _offers.Add(offer);
    }

    /// <summary>Takes an image away: who goes on with it is told that its download is over.</summary>
    /// <param name="image">The image.</param>
    public void Withdraw(OtaImageId image) => _offers.RemoveAll(offer => offer.Image == image);

    /// <summary>Ends a client's download: its next request is answered so, and it forgets what it has.</summary>
    /// <param name="client">The client's EUI-64 as a number.</param>
    /// <returns>False when there is none that goes on. After the server was started anew, <see cref="Withdraw"/> does it.</returns>
    public bool Abort(ulong client)
    {
        if (!_downloads.TryGet(client, out OtaDownload? download) || !download.IsExpected)
        {
            return false;
        }

        download.Phase = OtaPhase.Aborted;
        _pages.Drop(client);
        return true;
    }

    /// <summary>Takes a request.</summary>
    /// <param name="client">The client's EUI-64 as a number.</param>
    /// <param name="command">The command.</param>
    /// <param name="payload">What follows the ZCL header.</param>
    /// <param name="now">When it came.</param>
    public OtaStep Receive(ulong client, OtaCommand command, ReadOnlySpan<byte> payload, TimeSpan now)
    {
        OtaStep step = command switch
        {
            OtaCommand.QueryNextImageRequest => TakeQuery(client, payload, now),
            OtaCommand.QuerySpecificFileRequest => TakeFileQuery(client, payload, now),
            OtaCommand.ImageBlockRequest or OtaCommand.ImagePageRequest =>
                OtaDataRequest.TryRead(command, payload, out OtaDataRequest request)
                    ? TakeData(client, command, request, now)
                    : Refuse(client, command, ZclStatus.MalformedCommand),
            OtaCommand.UpgradeEndRequest => TakeEnd(client, payload, now),
            _ => Refuse(client, command, ZclStatus.UnsupportedClusterCommand),
        };
        return step with { NextTick = NextTick() };
    }

    /// <summary>Tells the time: sends the next block of a page, or tells of one client that is stalled. Call it again while its next tick
    /// is not after the present instant.</summary>
    /// <param name="now">The present instant.</param>
    public OtaStep Tick(TimeSpan now)
    {
        OtaStep step = new(0, null, OtaEvent.None, null);
        if (_pages.TryTake(now, out OtaPage? page))
        {
            step = SendOfPage(page, now);
        }
        else if (_downloads.TryTakeStalled(now, out OtaDownload? stalled))
        {
            step = new(stalled.Client, null, OtaEvent.Stalled, null);
        }

        return step with { NextTick = NextTick() };
    }

    /// <summary>Tells a client that waits for it to run its image.</summary>
    /// <param name="client">The client's EUI-64 as a number.</param>
    /// <param name="now">The present instant.</param>
    /// <returns>What to send.</returns>
    /// <exception cref="InvalidOperationException">The client has not confirmed an image to this server. One that waits asks again, and
    /// is then told.</exception>
    public OtaAnswer Activate(ulong client, TimeSpan now) => Activate(client, OtaActivation.AtOnce, now);

    /// <summary>Tells a client that confirmed an image when to run it, or to wait until it is told again.</summary>
    /// <param name="client">The client's EUI-64 as a number.</param>
    /// <param name="activation">When.</param>
    /// <param name="now">The present instant.</param>
    /// <returns>What to send.</returns>
    /// <exception cref="InvalidOperationException">The client has not confirmed an image to this server.</exception>
    public OtaAnswer Activate(ulong client, OtaActivation activation, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(activation);
        if (!_downloads.TryGet(client, out OtaDownload? download) || download.Phase is not (OtaPhase.Waiting or OtaPhase.CountingDown))
        {
            throw new InvalidOperationException($"{client:X16} has confirmed no image");
        }

        download.Told = activation;
        return End(download, activation, now);
    }

    private OtaStep TakeQuery(ulong client, ReadOnlySpan<byte> payload, TimeSpan now)
    {
        const OtaCommand command = OtaCommand.QueryNextImageRequest;
        if (!OtaQuery.TryRead(payload, out OtaQuery query))
        {
            return Refuse(client, command, ZclStatus.MalformedCommand);
        }

        OtaOffer? best = _offers
            .Where(offer => offer.IsMeantFor(client) && offer.IsForHardware(query.Hardware) && offer.Improves(query.Current))
            .MaxBy(offer => offer.Image.Version);
        return AnswerQuery(client, OtaCommand.QueryNextImageResponse, best, now);
    }

    private OtaStep TakeFileQuery(ulong client, ReadOnlySpan<byte> payload, TimeSpan now)
    {
        if (!OtaFileQuery.TryRead(payload, out OtaFileQuery query))
        {
            return Refuse(client, OtaCommand.QuerySpecificFileRequest, ZclStatus.MalformedCommand);
        }

        if (query.Device != client)
        {
            OtaAnswer answer = OtaAnswer.Status(client, OtaCommand.QuerySpecificFileResponse, ZclStatus.NotAuthorised);
            return new(client, answer, OtaEvent.Refused, null);
        }

        return AnswerQuery(client, OtaCommand.QuerySpecificFileResponse, Find(client, query.Image), now);
    }

    private OtaStep AnswerQuery(ulong client, OtaCommand command, OtaOffer? offer, TimeSpan now)
    {
        _pages.Drop(client);
        if (offer is null)
        {
            return new(client, OtaAnswer.Status(client, command, ZclStatus.NoImageAvailable), OtaEvent.NothingOffered, null);
        }

        // A client that asks while it downloads, as many do once a day, does not begin anew.
        if (!_downloads.IsAt(client, offer.Image))
        {
            _ = _downloads.Begin(client, offer, now);
        }

        return new(client, OtaAnswer.Offer(client, command, offer.Image, offer.Octets.Length), OtaEvent.Offered, null);
    }

    private OtaStep TakeData(ulong client, OtaCommand command, in OtaDataRequest request, TimeSpan now)
    {
        if (Find(client, request.Image) is not { } offer || _downloads.IsAborted(client, request.Image))
        {
            _pages.Drop(client);
            return new(client, OtaAnswer.Status(client, OtaCommand.ImageBlockResponse, ZclStatus.Abort), OtaEvent.Aborted, null);
        }

        if (request.Offset >= offer.Octets.Length)
        {
            return Refuse(client, command, ZclStatus.MalformedCommand);
        }

        bool isCrowded = !_downloads.IsGoingOn(client, now) && _downloads.CountGoingOn(now) >= _settings.MaximumDownloads;
        OtaDownload download = _downloads.IsAt(client, request.Image, out OtaDownload? known)
            ? known
            : _downloads.Begin(client, offer, now);
        download.Heard(now);
        if (isCrowded)
        {
            return Defer(client, _settings.BusyWait, now);
        }

        TimeSpan wait = TimeUntilAllowed(download, request, now);
        if (wait > TimeSpan.Zero)
        {
            return Defer(client, wait, now);
        }

        OtaStep step = Send(offer, download, request.Offset, request.MaximumOctets, request.PageOctets, now);
        int sent = step.Answer!.Value.Payload.Length - OtaAnswer.BlockHeadOctets;
        if (command == OtaCommand.ImagePageRequest)
        {
            _pages.Put(new OtaPage(offer, client, request, sent, Spacing(request.Spacing), now));
        }

        return step;
    }

    private TimeSpan TimeUntilAllowed(OtaDownload download, in OtaDataRequest request, TimeSpan now)
    {
        if (request.BlockPeriod < _settings.MinimumBlockPeriod && !download.IsPeriodTold)
        {
            // It can keep a period and keeps too short a one: it is told once, and goes on after that period.
            download.IsPeriodTold = true;
            return TimeSpan.FromTicks(1);
        }

        TimeSpan allowed = download.NextBlockAt > _nextBlockAt ? download.NextBlockAt : _nextBlockAt;
        return allowed > now ? allowed - now : TimeSpan.Zero;
    }

    private OtaStep Defer(ulong client, TimeSpan wait, TimeSpan now)
    {
        // Whole seconds are all that can be said here; a shorter wait is the minimum block period, which is said in milliseconds.
        uint current = _time.Current(now);
        uint seconds = wait < TimeSpan.FromSeconds(1) ? 0 : (uint)Math.Ceiling(wait.TotalSeconds);
        TimeSpan period = _settings.MinimumBlockPeriod > wait || seconds > 0 ? _settings.MinimumBlockPeriod : wait;
        return new(client, OtaAnswer.Wait(client, current, current + seconds, period), OtaEvent.Deferred, null);
    }

    private OtaStep SendOfPage(OtaPage page, TimeSpan now)
    {
        if (!_downloads.IsAt(page.Client, page.Offer.Image, out OtaDownload? download) || Find(page.Client, page.Offer.Image) is null)
        {
            OtaAnswer answer = OtaAnswer.Status(page.Client, OtaCommand.ImageBlockResponse, ZclStatus.Abort);
            return new(page.Client, answer, OtaEvent.Aborted, null);
        }

        OtaStep step = Send(page.Offer, download, page.Offset, page.MaximumOctets, page.RestOctets, now);
        page.Sent(step.Answer!.Value.Payload.Length - OtaAnswer.BlockHeadOctets, now);
        _pages.Put(page);
        return step;
    }

    private OtaStep Send(OtaOffer offer, OtaDownload download, uint offset, byte maximum, int most, TimeSpan now)
    {
        int octets = Math.Min(Math.Min(maximum, _settings.MaximumBlockOctets), Math.Min(most, offer.Octets.Length - (int)offset));
        OtaAnswer answer = OtaAnswer.Block(download.Client, offer.Image, offset, offer.Octets.Span.Slice((int)offset, octets));
        OtaEvent first = offset == 0 ? OtaEvent.Started : OtaEvent.Resumed;
        bool isFirst = download.Blocks == 0;
        bool wasWhole = download.ReachedOctets == download.TotalOctets;
        download.Sent(offset, octets, now);
        download.NextBlockAt = now + _settings.MinimumBlockPeriod;
        _nextBlockAt = now + _settings.MinimumBlockSpacing;
        OtaEvent outcome = download.ReachedOctets == download.TotalOctets && !wasWhole ? OtaEvent.AllSent
            : isFirst ? first
            : OtaEvent.Progressed;
        return new(download.Client, answer, outcome, null);
    }

    private OtaStep TakeEnd(ulong client, ReadOnlySpan<byte> payload, TimeSpan now)
    {
        const OtaCommand command = OtaCommand.UpgradeEndRequest;
        if (!OtaEndRequest.TryRead(payload, out OtaEndRequest request))
        {
            return Refuse(client, command, ZclStatus.MalformedCommand);
        }

        if (Find(client, request.Image) is not { } offer)
        {
            return Refuse(client, command, ZclStatus.InvalidValue);
        }

        _pages.Drop(client);
        OtaDownload download = _downloads.IsAt(client, request.Image, out OtaDownload? known)
            ? known
            : _downloads.Begin(client, offer, now);
        download.Heard(now);
        download.ClientStatus = request.Status;
        if (request.Status != ZclStatus.Success)
        {
            download.Phase = OtaPhase.Refused;
            return new(client, OtaAnswer.Default(client, command, ZclStatus.Success), OtaEvent.RefusedByClient, null);
        }

        // One that was told when, and asks once more, has missed it.
        return new(client, End(download, download.Told ?? offer.Activation, now), OtaEvent.Confirmed, null);
    }

    private OtaAnswer End(OtaDownload download, OtaActivation activation, TimeSpan now)
    {
        uint upgrade = _time.UpgradeAt(activation, now);
        download.Phase = upgrade == ZclTime.Invalid ? OtaPhase.Waiting : OtaPhase.CountingDown;
        return OtaAnswer.End(download.Client, download.Image, _time.Current(now), upgrade);
    }

    private OtaOffer? Find(ulong client, OtaImageId image) =>
        _offers.Find(offer => offer.Image == image && offer.IsMeantFor(client));

    private TimeSpan Spacing(TimeSpan asked) => asked > _settings.MinimumBlockPeriod ? asked : _settings.MinimumBlockPeriod;

    private TimeSpan? NextTick()
    {
        TimeSpan? page = _pages.NextDue;
        TimeSpan? stall = _downloads.NextStall;
        return page is { } first && (stall is not { } second || first < second) ? page : stall;
    }

    private static OtaStep Refuse(ulong client, OtaCommand command, ZclStatus status) =>
        new(client, OtaAnswer.Default(client, command, status), OtaEvent.Refused, null);
}
