using System.Text;
using DeviceHarness.Assurance.Comparisons;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.Reports;
using DeviceHarness.Orchestrator.Rigs;
using DeviceHarness.Store;
using Grpc.Core;
using V1 = DeviceHarness.Contracts.V1;

namespace DeviceHarness.Orchestrator.Services;

/// <summary>Writes the reports of a cycle.</summary>
internal sealed class CycleReport(
    RigDeskServices services, IssueDesk issues, ThresholdDesk thresholds, RegressionDesk regression, CampaignDesk campaigns,
    ComparisonDesk comparisons, HistoryDesk histories)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes a report.</summary>
    /// <param name="target">Takes the report.</param>
    /// <param name="cycle">The cycle.</param>
    /// <param name="request">The format, and the moment whose severities and dispositions it uses.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <exception cref="RpcException">INVALID_ARGUMENT: no such format.</exception>
    public async Task WriteAsync(Stream target, CycleDetail cycle, V1.GetReportRequest request, CancellationToken cancellationToken)
    {
        CycleDetail detail = await issues.WithExchangesAsync(cycle, cancellationToken).ConfigureAwait(false);
        detail = await thresholds.AsOfAsync(detail, request.At, cancellationToken).ConfigureAwait(false);
        detail = await regression.WithStandingAsync(detail, request.At, cancellationToken).ConfigureAwait(false);
        detail = await campaigns.WithStandingsAsync(detail, request.At, cancellationToken).ConfigureAwait(false);
        switch (request.Format)
        {
            case V1.ReportFormat.Html:
                StreamWriter writer = new(target, Utf8, leaveOpen: true);
                await using (writer.ConfigureAwait(false))
                {
                    CycleComparison? comparison =
                        await comparisons.AgainstAsync(detail, request.Against, cancellationToken).ConfigureAwait(false);
                    detail = await histories.WithAlertsAsync(detail, cancellationToken).ConfigureAwait(false);
                    await HtmlReport.WriteAsync(writer, detail, comparison, FetchAsync, services.Now, cancellationToken)
                        .ConfigureAwait(false);
                }

                break;
            case V1.ReportFormat.Junit:
                using (MemoryStream whole = new())
                {
                    JUnitReport.Write(whole, [detail]);
                    await target.WriteAsync(whole.GetBuffer().AsMemory(0, (int)whole.Length), cancellationToken).ConfigureAwait(false);
                }

                break;
            default:
                throw new RpcException(new Status(
                    StatusCode.InvalidArgument, $"the report format {(int)request.Format} is not HTML (1) or JUnit (2)"));
        }
    }

    private async Task<ReadOnlyMemory<byte>?> FetchAsync(string sha256, CancellationToken cancellationToken)
    {
        EvidenceBlob? blob = await services.Store.GetEvidenceAsync(sha256, cancellationToken).ConfigureAwait(false);
        return blob?.Content;
    }
}
