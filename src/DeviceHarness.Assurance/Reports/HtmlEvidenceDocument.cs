namespace DeviceHarness.Assurance.Reports;

/// <summary>Shows the evidence document of an attempt: per step the expectations, the messages and the octets with their decode beside
/// them.</summary>
internal static class HtmlEvidenceDocument
{
    /// <summary>Writes what the document holds.</summary>
    public static void Write(HtmlWriter html, EvidenceView document)
    {
        string leftOut = document["leftOut"].Text;
        if (leftOut.Length > 0)
        {
            html.Line($"<p class=\"reason\">Left out of the evidence because it was too large: {leftOut}</p>");
        }

        foreach (EvidenceView step in document["steps"].Items)
        {
            WriteStep(html, step);
        }
    }

    private static void WriteStep(HtmlWriter html, EvidenceView step)
    {
        string symptom = step["symptom"].Text is { Length: > 0 } and not "None" and var found ? $" ({found})" : string.Empty;
        string round = step["round"].Text is { Length: > 0 } number ? $", round {number}" : string.Empty;
        html.Write($"<details class=\"step\"><summary>Step {step["index"].Text}: {step["name"].Text}{round}, ");
        html.Write($"{step["verdict"].Text}{symptom}");
        html.Line($"{(step["cleanup"].IsTrue ? ", clean-up" : string.Empty)}</summary>");
        if (step["reason"].Text.Length > 0)
        {
            html.Line($"<p class=\"reason\">{step["reason"].Text}</p>");
        }

        WriteExpectations(html, step["expectations"]);
        WritePairs(html, "Captured", step["captured"]);
        WriteRequest(html, step["request"]);
        WriteWire(html, step);
        html.Line($"</details>");
    }

    private static void WriteExpectations(HtmlWriter html, EvidenceView expectations)
    {
        if (!expectations.Items.Any())
        {
            return;
        }

        html.Line($"<table><thead><tr><th>Expectation</th><th>Expected</th><th>Found</th><th>Met</th></tr></thead><tbody>");
        foreach (EvidenceView expectation in expectations.Items)
        {
            bool isMet = expectation["isMet"].IsTrue;
            html.Write($"<tr><td>{expectation["subject"].Text}</td><td>{expectation["expected"].Text}</td>");
            html.Write($"<td>{expectation["found"].Text}</td>");
            html.Line($"<td><span class=\"verdict {(isMet ? "passed" : "failed")}\">{(isMet ? "yes" : "no")}</span></td></tr>");
        }

        html.Line($"</tbody></table>");
    }

    private static void WriteRequest(HtmlWriter html, EvidenceView request)
    {
        if (!request.IsObject)
        {
            return;
        }

        html.Write($"<p>SRV {Display.Or(request["srv"].Text, "not stated")}, role {request["role"].Text}, to {request["target"].Text}:");
        html.Line($" acknowledgement {Or(request["acknowledgementCode"])}, response {Or(request["responseCode"])}.</p>");
        EvidenceView refusal = request["refusal"];
        if (refusal.IsObject)
        {
            html.Write($"<p class=\"reason\">Refused as malformed at {refusal["path"].Text}, line {refusal["line"].Text}, ");
            html.Line($"column {refusal["column"].Text}: {refusal["message"].Text}</p>");
        }

        EvidenceView outcome = request["outcome"];
        if (outcome.IsObject)
        {
            html.Line($"<p>Device: {outcome["kind"].Text}. {outcome["detail"].Text}</p>");
        }

        WriteLatency(html, request["latency"]);
        foreach (EvidenceView warning in request["warnings"].Items)
        {
            html.Line($"<p class=\"reason\">Warning: {warning.Text}</p>");
        }

        WriteText(html, "Request", request["xml"].Text);
        WriteText(html, "Acknowledgement", request["acknowledgementXml"].Text);
        WriteText(html, "Response", request["responseXml"].Text);
    }

    private static void WriteLatency(HtmlWriter html, EvidenceView latency)
    {
        if (!latency.IsObject)
        {
            return;
        }

        html.Write($"<p>Total {Part(latency, "total")} ms = queue {Part(latency, "queue")} + host {Part(latency, "host")} + ");
        html.Write($"line {Part(latency, "line")} + device {Part(latency, "device")}; connecting {Part(latency, "connect")} ms apart; ");
        html.Line($"{latency["exchanges"].Text} exchanges; the adapter may have added up to {Part(latency, "adapterBound")} ms.</p>");
    }

    private static void WriteWire(HtmlWriter html, EvidenceView step)
    {
        EvidenceView wire = step["wire"];
        EvidenceView decode = step["decode"];
        if (!wire.Items.Any() && !decode.Items.Any())
        {
            return;
        }

        if (step["wireLost"].Text is { Length: > 0 } and not "0" and var lost)
        {
            html.Line($"<p class=\"reason\">{lost} pieces of octets were lost from the wire log.</p>");
        }

        html.Line($"<div class=\"wire\"><div><h5>Octets</h5><pre>");
        foreach (EvidenceView record in wire.Items)
        {
            html.Line($"{EvidenceExchange.WireLine(record)}");
        }

        html.Line($"</pre></div><div><h5>Decode</h5><pre>");
        foreach (EvidenceView line in decode.Items)
        {
            html.Line($"{line.Text}");
        }

        html.Line($"</pre></div></div>");
    }

    private static void WritePairs(HtmlWriter html, string title, EvidenceView pairs)
    {
        if (!pairs.Members.Any())
        {
            return;
        }

        html.Line($"<table class=\"facts\"><caption>{title}</caption>");
        foreach ((string name, EvidenceView value) in pairs.Members)
        {
            html.Line($"<tr><th scope=\"row\">{name}</th><td>{value.Text}</td></tr>");
        }

        html.Line($"</table>");
    }

    private static void WriteText(HtmlWriter html, string title, string text)
    {
        if (text.Length > 0)
        {
            html.Line($"<details><summary>{title}</summary><pre>{text}</pre></details>");
        }
    }

    private static string Part(EvidenceView latency, string name) => Display.Milliseconds(latency.Microseconds(name));

    private static string Or(EvidenceView code) => Display.Or(code.Text, "none");
}
