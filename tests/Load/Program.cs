using System.Text.Json;
using Teleprompter.Tests.Load;

if (args is ["echo", .. var behind])
{
    await EchoServer.Run(behind.FirstOrDefault());
    return 0;
}

if (args is [HostileClients.Command, var target, var count])
{
    await HostileClients.Run(target, count);
    return 0;
}

var options = LoadOptions.Parse(args);
switch (options?.Command)
{
    case "cards":
        Write(await CardsLoad.Run(options.Calls, options.TurnEvery, options.Duration));
        return 0;
    case "idle":
        Write(await IdleLoad.Run(options.Connections));
        return 0;
    case "reconnect":
        Write(await ReconnectLoad.Run(options.Connections));
        return 0;
    case "live":
        Write(await LiveLoad.Run(options.Calls, options.TurnEvery, options.Duration));
        return 0;
    case "lead":
        Write(await LeadLoad.Run(options.Calls, options.Viewers, options.TurnEvery, options.Duration));
        return 0;
    case "climb":
        Write(await ClimbLoad.Run(options.Calls, options.TurnEvery, options.Duration));
        return 0;
    case "stuck":
        Write(await StuckLoad.Run(options.Calls, options.TurnEvery, options.Duration));
        return 0;
    case "hostile":
        var hostile = await HostileLoad.Run(options.Calls, options.Connections, options.Duration);
        Write(hostile);
        return hostile.Missed.Count == 0 ? 0 : 1;
    case "rehearsals":
        Write(await RehearsalsLoad.Run(options.Calls, options.Connections, options.Duration));
        return 0;
    case "model":
        var report = await ModelLoad.Run(options.Calls, options.TurnEvery, options.Duration, options.Redis);
        Write(report);
        return report.Held == 0 ? 0 : 1;
    case "felt" when options.Audio:
        Write(await FeltVoicesLoad.Run(options.Calls));
        return 0;
    case "felt":
        Write(await FeltLoad.Run(options.Calls, options.Duration));
        return 0;
    case "cancel":
        Write(await CancelLoad.Run(options.Calls, options.Duration));
        return 0;
    case "speech":
        var spoken = await SpeechLoad.Run(options.Calls, options.Duration, options.Redis);
        Write(spoken);
        return spoken.Open == 0 ? 0 : 1;
    case "queue":
        Write(await QueueLoad.Run(options.Calls));
        return 0;
    case "torrent":
        Write(await TorrentLoad.Run(options.Calls, options.TurnEvery, options.Duration));
        return 0;
    case "faults":
        Write(await FaultsLoad.Run(options.Calls, options.TurnEvery, options.Duration, options.Fault));
        return 0;
    case "audio":
        var heard = await AudioLoad.Run(options.Calls, options.Duration, options.Whisper);
        Write(heard);
        return heard.FramesLost == 0 ? 0 : 1;
    case "docs":
        var table = await DocsLoad.Run();
        Console.WriteLine(table);
        if (options.Write is { } file)
        {
            await File.WriteAllTextAsync(file, LoadTable.Into(await File.ReadAllTextAsync(file), table));
        }

        return 0;
    default:
        Console.Error.WriteLine(LoadOptions.Usage);
        return 2;
}

void Write<T>(T found) => Console.WriteLine(options.Json ? JsonSerializer.Serialize(found, LoadJson.Options) : found);
