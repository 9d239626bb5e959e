using DeviceHarness.Assurance.Campaigns;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Orchestrator.Mapping;
using DeviceHarness.Orchestrator.Rigs;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using V1 = DeviceHarness.Contracts.V1;

namespace DeviceHarness.Orchestrator.Services;

/// <summary>Takes what people state of campaigns, and says whether firmware changed after their freeze.</summary>
internal sealed class CampaignDesk(RigDeskServices services)
{
    /// <summary>Where every campaign stands.</summary>
    /// <param name="at">The moment; null for now.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<V1.GetCampaignsReply> ShowAsync(Timestamp? at, CancellationToken cancellationToken)
    {
        CampaignRecord record = await services.Store.ReadCampaignsAsync(cancellationToken).ConfigureAwait(false);
        V1.GetCampaignsReply reply = new();
        reply.Campaigns.AddRange(StandingsOf(record, at, _ => true).Select(CampaignMapping.ToContract));
        return reply;
    }

    /// <summary>States a campaign.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT: it is no campaign.</exception>
    public async Task<V1.GetCampaignsReply> SetAsync(V1.SetCampaignRequest request, CancellationToken cancellationToken)
    {
        V1.Campaign stated = request.Campaign ?? new V1.Campaign();
        string refusal = CampaignMapping.ToDomain(stated, services.Now) is { } campaign
            ? await services.Store.AddCampaignAsync(campaign, cancellationToken).ConfigureAwait(false)
            : $"'{stated.GoLive}' is no day such as 2027-06-30";
        return refusal.Length == 0
            ? await ShowAsync(at: null, cancellationToken).ConfigureAwait(false)
            : throw new RpcException(new Status(StatusCode.InvalidArgument, refusal));
    }

    /// <summary>A cycle with where the campaigns that it belongs to stood at a moment.</summary>
    /// <param name="detail">The cycle.</param>
    /// <param name="at">The moment; null for now.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<CycleDetail> WithStandingsAsync(CycleDetail detail, Timestamp? at, CancellationToken cancellationToken)
    {
        CampaignRecord record = await services.Store.ReadCampaignsAsync(cancellationToken).ConfigureAwait(false);
        return detail with { Campaigns = [.. StandingsOf(record, at, campaign => campaign.Covers(detail.Cycle.Purpose.Scope.Dmc))] };
    }

    private IEnumerable<CampaignStanding> StandingsOf(CampaignRecord record, Timestamp? at, Func<Campaign, bool> isWanted)
    {
        DateTimeOffset? moment = at?.ToDateTimeOffset();
        return record.At(moment).Where(isWanted).Select(campaign => CampaignStanding.Of(campaign, record, services.Now, moment));
    }
}
