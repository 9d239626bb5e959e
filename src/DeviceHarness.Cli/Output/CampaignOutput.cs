using DeviceHarness.Contracts.V1;

namespace DeviceHarness.Cli.Output;

/// <summary>Campaigns and their firmware freeze, for people.</summary>
internal static class CampaignOutput
{
    /// <summary>Prints where campaigns stand; nothing when there is none.</summary>
    public static void Write(IEnumerable<CampaignStanding> standings)
    {
        foreach (CampaignStanding standing in standings)
        {
            Console.WriteLine($"Campaign {standing.Campaign.Name}: {standing.Verdict}");
            Console.WriteLine($"  {standing.Rule}");
            foreach (string line in standing.Late.Select(late => late.Text).Concat(standing.Unanchored))
            {
                Console.WriteLine($"  {line}");
            }
        }
    }
}
