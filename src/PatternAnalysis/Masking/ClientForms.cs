using System.Collections.Frozen;

namespace PatternAnalysis.Masking;

/// <summary>
/// The command lines of common programs that hold a secret which no name tells. One form a line: programs, then the words behind them.
/// <c>?</c> is the secret, also at the end or in the middle of a word; <c>*</c> any word or part of one; <c>NAME</c> a telling name;
/// <c>..</c> any words. Options between plain words are passed over.
/// </summary>
internal static class ClientForms
{
    private const string Table = """
        curl .. -u *:?
        curl .. -u*:?
        curl .. --user *:?
        curl .. --user=*:?
        curl .. -U *:?
        curl .. --proxy-user *:?
        curl .. -x *:?@*
        curl .. --proxy *:?@*
        curl .. -E *:?
        curl .. --cert *:?
        curl .. -b *=?
        curl .. -b*=?
        http/https/xh/httpie .. -a *:?
        http/https/xh/httpie .. --auth *:?
        wget .. --user *:?
        lftp .. -u *,?
        ncftp/ncftpput/ncftpget .. -p ?
        mysql/mysqldump/mysqladmin/mysqlimport/mysqlshow/mysqlpump/mysqlcheck/mariadb/mariadb-dump/mariadb-admin .. -p?
        mysqladmin/mariadb-admin .. password ?
        mongo/mongosh/mongodump/mongorestore/mongoimport/mongoexport .. -p ?
        redis-cli/valkey-cli .. -a ?
        redis-cli/valkey-cli .. auth ?
        redis-cli/valkey-cli .. requirepass ?
        redis-cli/valkey-cli .. masterauth ?
        cqlsh .. -p ?
        sqlcmd/bcp/osql/isql/mssql-cli .. -P ?
        sqlcmd/bcp/osql/isql/mssql-cli .. -P?
        sqlplus/sqlldr/expdp/impdp/rman/isql .. */?@*
        sqlplus/sqlldr/expdp/impdp/rman/isql .. */?
        consul/etcdctl/redis-cli/valkey-cli .. put NAME ?
        redis-cli/valkey-cli .. set NAME ?
        rclone obscure ?
        db2 .. using ?
        rabbitmqctl .. add_user * ?
        rabbitmqctl .. change_password * ?
        rabbitmqctl .. authenticate_user * ?
        rabbitmqadmin .. -p ?
        mosquitto_pub/mosquitto_sub .. -P ?
        etcdctl .. --user *:?
        etcdctl .. --user=*:?
        influx .. -p ?
        ldapsearch/ldapadd/ldapmodify/ldapdelete/ldapwhoami/ldappasswd .. -w ?
        ldapsearch/ldapadd/ldapmodify/ldapdelete/ldapwhoami/ldappasswd .. -w?
        ldappasswd .. -s ?
        smbclient/smbget/rpcclient/net .. -U *%?
        smbclient //* ?
        smbclient/rpcclient .. --user=*%?
        sshpass .. -p ?
        sshpass .. -p?
        plink/pscp/psftp .. -pw ?
        psexec/psexec64/paexec .. -p ?
        rdesktop .. -p ?
        xfreerdp/wfreerdp .. /p:?
        ipmitool .. -P ?
        snmpget/snmpwalk/snmpset .. -A ?
        snmpget/snmpwalk/snmpset .. -X ?
        schtasks .. /rp ?
        sc .. password= ?
        net user * ?
        net use \\* ?
        net use * \\* ?
        net use \\* /user:* ?
        net use * \\* /user:* ?
        signtool .. /p ?
        certutil .. -p ?
        unzip/zip/zipcloak .. -P ?
        unzip/zip .. -P?
        7z/7za/7zr/7zz/rar/unrar .. -p?
        rar .. -hp?
        pdftk .. *_pw ?
        openssl .. -k ?
        openssl .. -K ?
        openssl .. pass:?
        openssl passwd ?
        openssl passwd .. -salt * ?
        openssl passwd .. -1 ?
        openssl passwd .. -5 ?
        openssl passwd .. -6 ?
        openssl passwd .. -apr1 ?
        htpasswd -*n*b* * ?
        htpasswd -*b* * * ?
        useradd/usermod .. -p ?
        security .. -w ?
        security .. -p ?
        security .. -P ?
        altool .. -p ?
        swaks .. -ap ?
        sendemail .. -xp ?
        wpa_passphrase * ?
        nmcli .. password ?
        nmcli .. NAME ?
        wpa_cli .. NAME ?
        iwconfig .. key ?
        docker/podman/nerdctl/buildah/skopeo/crane/oras login .. -p ?
        docker/podman/nerdctl/buildah/skopeo/crane/oras login .. -p?
        crane auth login .. -p ?
        helm registry login .. -p ?
        oc/cf/az/ibmcloud login .. -p ?
        cf auth * ?
        az keyvault secret set .. --value ?
        aws configure set .. NAME ?
        aws ssm put-parameter .. --value ?
        aws ssm put-parameter .. --value=?
        kubectl/oc/k create secret .. --from-literal *=?
        kubectl/oc/k create secret .. --from-literal=*=?
        kubectl/oc/k create secret .. --docker-password ?
        fly/flyctl secrets set .. *=?
        doppler secrets set .. *=?
        doppler secrets set * ?
        supabase secrets set .. *=?
        railway variables .. --set *=?
        gh secret set .. -b ?
        gh secret set .. -b?
        gh secret set .. --body ?
        gh secret set .. --body=?
        glab auth login .. -t ?
        vault login ?
        vault kv put * .. *=?
        vault kv patch * .. *=?
        bw login * ?
        bw unlock ?
        mc alias set * * * ?
        npm/pnpm/yarn/bun/pip/pip3/gcloud/conda/snyk/infracost/pulumi/rclone/flutter config set .. NAME ?
        npm/pnpm/yarn set .. NAME ?
        infracost/sentry-cli configure set .. NAME ?
        pulumi config set .. --secret * ?
        git/conda/composer/poetry/bundle/rclone/gem/pulumi config .. NAME ?
        composer/poetry config .. http-basic.* * ?
        composer/poetry config .. pypi-token.* ?
        composer config .. *-oauth.* ?
        bundle config .. * *:?
        dotnet user-secrets set * ?
        dotnet nuget push .. -k ?
        dotnet nuget add .. -p ?
        dotnet nuget update .. -p ?
        nuget setapikey ?
        twine .. -p ?
        conan .. -p ?
        cargo login ?
        snyk auth ?
        wandb login ?
        ngrok authtoken ?
        ngrok config add-authtoken ?
        cloudflared service install ?
        vercel/vc .. -t ?
        doctl .. -t ?
        codecov .. -t ?
        set-item/new-item NAME ?
        set-item/new-item NAME -Value ?
        ssh-keygen .. -N ?
        ssh-keygen .. -P ?
        poetry publish .. -p ?
        ansible-vault encrypt_string ?
        caddy hash-password .. --plaintext ?
        mkpasswd ?
        mkpasswd .. -m * ?
        mkpasswd .. --method=* ?
        setx NAME ?
        setenv NAME ?
        set .. NAME ?
        """;

    // Who reads a secret from its input: what echo or a here-string hands over is one.
    private const string Readers = """
        sudo .. -S
        chpasswd
        passwd ..
        docker/podman/nerdctl/buildah/skopeo/crane/oras/helm/argocd .. --password-stdin
        gh/glab auth login .. --with-token
        gh/glab auth login .. --stdin
        gh secret set ..
        docker/podman secret create ..
        vercel/vc env add ..
        wrangler/flyctl secret put ..
        openssl .. -pass stdin
        cryptsetup ..
        kinit ..
        op signin ..
        terraform/tofu login ..
        gcloud secrets create ..
        gcloud secrets versions add ..
        pass insert ..
        heroku/flyctl auth token ..
        """;

    /// <summary>Forms by program, in lower case.</summary>
    public static FrozenDictionary<string, ClientForm[]> ByProgram { get; } = Parse(Table);

    /// <summary>Programs that read a secret from their input.</summary>
    public static FrozenDictionary<string, ClientForm[]> ReaderByProgram { get; } = Parse(Readers);

    private static FrozenDictionary<string, ClientForm[]> Parse(string table) =>
        table
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split(' '))
            .SelectMany(words => words[0].Split('/').Select(program => (Program: program, Form: new ClientForm(words[1..]))))
            .GroupBy(entry => entry.Program)
            .ToFrozenDictionary(group => group.Key, group => group.Select(entry => entry.Form).ToArray(), StringComparer.OrdinalIgnoreCase);
}
